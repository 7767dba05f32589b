import { type Flaw, type FormDefinition, limits } from '../definition.ts'
import type { Cells } from './cells.ts'
import { check, type Origin } from './check.ts'
import { listsOf } from './choices.ts'
import { Findings } from './findings.ts'
import { type Column, columnsOf, tokensOf } from './headers.ts'
import { type Context, externalName, type Named } from './question.ts'
import { settingsOf } from './settings.ts'
import { bodyOf } from './survey.ts'
import { type Tables, tablesOf } from './tables.ts'
import { openWorkbook } from './workbook.ts'

export interface Imported {
  readonly definition: FormDefinition
  /** What the sheet holds and the form does not need, at most 100. */
  readonly warnings: readonly Flaw[]
}

/** Texts of the .csv files that `select_one_from_file` names: file name → text, each at most `limits.fileBytes` long. */
export type Files = ReadonlyMap<string, string>

/**
 * Reads an XLSForm (.xlsx). All that is wrong with it comes at once, at most 100 flaws, each with its sheet, row and
 * column where it has them; the result compiles.
 * @throws FormFlaw
 */
export async function importXlsForm(bytes: Uint8Array, files: Files = new Map()): Promise<Imported> {
  const findings = new Findings()
  const workbook = await openWorkbook(bytes)
  const tables = await tablesOf(workbook, findings)
  for (const [name, text] of files) if (text.length > limits.fileBytes) findings.refuse('file-too-large', {}, name)
  if (tables.survey.rows.length === 0 || findings.flaws.some(flaw => flaw.code === 'file-too-large')) findings.settle()
  const { definition, origin } = definitionOf(tables, files, findings)
  findings.settle()
  check(definition, origin, findings)
  findings.settle()
  return { definition, warnings: findings.warnings }
}

function definitionOf(
  tables: Tables,
  files: Files,
  findings: Findings,
): { definition: FormDefinition; origin: Origin } {
  const settings = settingsOf(tables.settings.sheet, tables.settings.rows, findings)
  const fallback = settings.defaultLanguage ?? 'default'
  const survey = headed(tables.survey, 'survey', fallback, findings)
  const choices = headed(tables.choices, 'choices', fallback, findings)
  const external = headed(tables.external, 'choices', fallback, findings)
  if (!survey.columns.some(({ field }) => field === 'type')) {
    findings.refuse('column-missing', { sheet: tables.survey.sheet }, 'type')
  }
  const languages = languagesOf([...survey.columns, ...choices.columns, ...external.columns], settings, findings)
  const defaultLanguage = settings.defaultLanguage ?? firstLabelled(survey.columns) ?? languages[0]!
  const needed = settings.defaultLanguage
  const listed = (table: typeof choices) =>
    listsOf(table.sheet, table.columns, table.rows, settings.duplicates, needed, findings)
  const own = new Map(listed(choices))
  const foreign = listed(external)
  const foreignLists = [...foreign.values()].map(list => ({ ...list, name: externalName(list.name, own) }))
  missingColumns(survey, languages, findings)
  const context: Context = {
    findings,
    lists: own,
    external: foreign,
    files,
    languages,
    defaultLanguage,
    defaultNamed: needed !== undefined,
    place: cells => ({ sheet: tables.survey.sheet, row: cells.number }),
    named: (name, cells) => named(name, cells, tables.survey.sheet),
  }
  const body = bodyOf(survey.sheet, survey.columns, survey.rows, context)
  if (body.length === 0 && findings.flaws.length === 0) findings.refuse('form-empty', { sheet: survey.sheet })
  const definition: FormDefinition = {
    id: settings.id,
    version: settings.version,
    title:
      settings.titles.length === 0
        ? { [defaultLanguage]: settings.id }
        : Object.fromEntries(settings.titles.map(({ language, text }) => [language ?? defaultLanguage, text])),
    languages,
    defaultLanguage,
    ...(settings.instanceName === undefined ? {} : { instanceName: settings.instanceName }),
    ...(settings.style === undefined ? {} : { style: settings.style }),
    ...(settings.flat ? { flat: true } : {}),
    lists: [...own.values(), ...foreignLists],
    body,
  }
  return { definition, origin: { survey, settings: tables.settings.sheet } }
}

function headed(table: Tables['survey'], kind: 'survey' | 'choices', language: string, findings: Findings) {
  const [header, ...rows] = table.rows
  const columns = header ? columnsOf(header, kind, table.sheet, language, findings) : []
  for (const row of rows) {
    const loose = [...row.cells.keys()].find(index => !header?.cells.has(index))
    if (loose === undefined) continue
    findings.warn('cell-without-header', { sheet: table.sheet, row: row.number }, row.cells.get(loose))
    break
  }
  return { sheet: table.sheet, columns, rows }
}

function languagesOf(
  columns: readonly Column[],
  { defaultLanguage, titles }: ReturnType<typeof settingsOf>,
  findings: Findings,
): string[] {
  const found = new Set(columns.flatMap(({ language }) => (language === undefined ? [] : [language])))
  if (defaultLanguage !== undefined && found.size > 0 && !found.has(defaultLanguage)) {
    findings.refuse('default-language-missing', { sheet: 'settings' }, defaultLanguage)
  }
  for (const { language } of titles) if (language !== undefined) found.add(language)
  if (found.size === 0) found.add(defaultLanguage ?? 'default')
  if (found.size > limits.languages) findings.refuse('too-many-languages', {}, String(limits.languages))
  return [...found]
}

/** Without a word in the settings: `label` before `label::x`, else the first language that labels questions. */
function firstLabelled(columns: readonly Column[]): string | undefined {
  const labels = columns.filter(({ field }) => field === 'label')
  return (labels.find(({ header }) => tokensOf(header).length === 1) ?? labels[0])?.language
}

/** A language that some texts of the survey have and a kind of text has no column for. */
function missingColumns(
  survey: { sheet: string; columns: readonly Column[] },
  languages: readonly string[],
  findings: Findings,
) {
  for (const field of ['label', 'hint', 'constraint_message', 'required_message', 'guidance_hint'] as const) {
    const columns = survey.columns.filter(column => column.field === field)
    if (columns.length === 0) continue
    for (const language of languages) {
      if (language === 'default' || columns.some(column => column.language === language)) continue
      findings.warn('missing-translation-column', { sheet: survey.sheet, column: columns[0]!.header }, language)
    }
  }
}

function named(name: string, cells: Cells, sheet: string): Named {
  const label = cells.texts('label')
  const hint = cells.texts('hint')
  const media = cells.media()
  const relevant = cells.code('relevant')
  const appearance = cells.code('appearance')
  return {
    name,
    ...(label ? { label } : {}),
    ...(hint ? { hint } : {}),
    ...(media ? { media } : {}),
    ...(relevant === '' ? {} : { relevant }),
    ...(appearance === '' ? {} : { appearance }),
    at: { sheet, row: cells.number },
  }
}
