import type { ChoiceList, FormNode, Place, Question, Texts } from '../definition.ts'
import { isDynamic } from '../expression/dynamic.ts'
import { type Cells, condition } from './cells.ts'
import { fileList } from './files.ts'
import type { Findings } from './findings.ts'
import type { Field } from './headers.ts'
import { isName, isReserved } from './names.ts'
import { otherQuestion, withOther } from './or-other.ts'
import { parametersOf, rangeOf } from './parameters.ts'
import type { Phrase } from './types.ts'

/** What the rows of a survey sheet are read with. */
export interface Context {
  readonly findings: Findings
  /** By name; `or_other` adds its choice where it is met, so that a loop further down has it too. */
  readonly lists: Map<string, ChoiceList>
  readonly external: ReadonlyMap<string, ChoiceList>
  /** Files that came with the sheet: name → text. */
  readonly files: ReadonlyMap<string, string>
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  /** Set where the settings name it: then a text in another language alone is not enough. */
  readonly defaultNamed: boolean
  place(cells: Cells): Place
  /** What every kind of node shares. */
  named(name: string, cells: Cells): Named
}

export interface Named {
  readonly name: string
  readonly label?: Texts
  readonly hint?: Texts
  readonly media?: NonNullable<Question['media']>
  readonly relevant?: string
  readonly appearance?: string
  readonly at?: Place
}

type Asked = Extract<Phrase, { kind: 'select' | 'question' }>
type Draft = { -readonly [Key in keyof Question]: Question[Key] }

/** The name of a row, or undefined after telling what is wrong with it. */
export function nameOf(cells: Cells, { findings }: Context): string | undefined {
  const name = cells.code('name')
  if (name === '') findings.refuse('name-missing', cells.spot('name'), cells.plain('type'))
  else if (!isName(name)) findings.refuse('name-invalid', cells.spot('name'), name)
  else if (isReserved(name)) findings.refuse('name-reserved', cells.spot('name'), name)
  else return name
  return undefined
}

/** The question of a row, and the one after it where `or_other` asks what the other thing is. */
export function questionsOf(phrase: Asked, cells: Cells, context: Context): FormNode[] {
  const { findings } = context
  const type = phrase.type
  const meta = phrase.kind === 'question' ? phrase.meta : undefined
  const name =
    meta === 'audit'
      ? 'audit'
      : !cells.has('name') && type === 'note'
        ? `generated_note_name_${cells.number}`
        : nameOf(cells, context)
  if (name === undefined) return []
  if (meta === 'audit' && cells.has('name') && cells.code('name') !== 'audit') {
    findings.refuse('name-invalid', cells.spot('name'), cells.code('name'))
  }
  const parameters = parametersOf(cells, findings)
  const question: Draft = { kind: 'question', type, ...context.named(name, cells) }
  if (meta) question.meta = meta
  fill(question, cells)
  cells.unused(unusedBy(type), meaningful)
  if (type === 'range') question.range = rangeOf(parameters, cells, findings)
  const after = phrase.kind === 'select' ? choose(question, phrase, parameters, cells, context) : []
  if (phrase.kind === 'question' && phrase.preset) {
    question.constraint ??= phrase.preset.constraint
    question.hint ??= { [context.defaultLanguage]: phrase.preset.hint }
  }
  if (cells.has('rows')) parameters.rows = cells.code('rows')
  if (Object.keys(parameters).length > 0) question.parameters = parameters
  if (type === 'calculate' && question.calculation === undefined && question.default === undefined) {
    findings.refuse('calculation-missing', cells.spot('calculation'), name)
  }
  if (question.trigger && question.calculation === undefined)
    findings.refuse('trigger-idle', cells.spot('trigger'), name)
  if (shown(type) && !question.label && !question.hint && !question.media && question.calculation === undefined) {
    findings.warn('label-missing', cells.spot('label'), name)
  }
  return [question, ...after]
}

const shown = (type: Question['type']): boolean => !['calculate', 'hidden', 'meta'].includes(type)

const meaningful: ReadonlySet<Field> = new Set<Field>()
function unusedBy(type: Question['type']): Field[] {
  const select = type === 'select-one' || type === 'select-multiple' || type === 'rank'
  return ['repeat_count', ...(select ? [] : (['choice_filter'] as const))]
}

function fill(question: Draft, cells: Cells): void {
  const set = <Key extends keyof Draft>(key: Key, value: Draft[Key] | undefined | ''): void => {
    if (value !== undefined && value !== '') question[key] = value
  }
  set('guidance', cells.texts('guidance_hint'))
  // Only an expression has quotes that must be straight: a default that stands for itself is somebody's words.
  const code = cells.code('default')
  set('default', isDynamic(code, question.type) ? code : cells.plain('default'))
  set('calculation', cells.code('calculation'))
  set('constraint', cells.code('constraint'))
  set('constraintMessage', cells.texts('constraint_message'))
  set('required', condition(cells.code('required')))
  set('requiredMessage', cells.texts('required_message'))
  set('readOnly', condition(cells.code('read_only')))
  const trigger = triggersOf(cells.code('trigger'))
  if (trigger.length > 0) question.trigger = trigger
}

/** `${a}, ${b}` → [a, b]; a name without its braces is taken too. */
const triggersOf = (text: string): string[] =>
  text
    .split(',')
    .map(piece => piece.trim())
    .map(piece => (piece.startsWith('${') && piece.endsWith('}') ? piece.slice(2, -1).trim() : piece))
    .filter(piece => piece !== '')

function choose(
  question: Draft,
  phrase: Extract<Phrase, { kind: 'select' }>,
  parameters: Record<string, string>,
  cells: Cells,
  context: Context,
): FormNode[] {
  const { findings } = context
  const { list, source, orOther } = phrase
  const spot = cells.spot('type')
  const filter = cells.code('choice_filter')
  const known = (source === 'external' ? context.external : context.lists).get(list)
  if (source === 'file') {
    readFile(list, parameters, cells, context)
  } else if (!known) findings.refuse('list-unknown', spot, list)
  else if (question.type !== 'select-one') {
    const spaced = known.choices.find(choice => /\s/.test(choice.name))
    if (spaced) findings.refuse('choice-with-space', spot, `${list}: ${spaced.name}`)
  }
  const { randomize, seed } = parameters
  delete parameters.randomize
  delete parameters.seed
  if (randomize !== undefined && !/^(true|false)$/i.test(randomize)) {
    findings.refuse('parameter', cells.spot('parameters'), `randomize=${randomize}`)
  }
  question.choices = {
    list: source === 'external' ? externalName(list, context.lists) : list,
    ...(source === 'file' ? { fromFile: true } : {}),
    ...(filter === '' ? {} : { filter }),
    ...(randomize?.toLowerCase() === 'true' ? { randomize: seed === undefined ? {} : { seed } } : {}),
    ...(orOther ? { orOther: true } : {}),
  }
  if (!orOther) return []
  if (filter !== '') findings.refuse('other-with-filter', cells.spot('choice_filter'), list)
  if (source !== 'choices') findings.refuse('type-not-supported', spot, cells.plain('type'))
  else if (known) context.lists.set(list, withOther(known, context.languages))
  return [otherQuestion(question.name, context.languages, question.at)]
}

/** Puts the choices of a file among the lists, under the file's name. */
function readFile(file: string, parameters: Readonly<Record<string, string>>, cells: Cells, context: Context): void {
  const { findings, files, lists } = context
  const spot = cells.spot('type')
  const text = files.get(file)
  if (!/^[^/\\:]{1,200}\.csv$/i.test(file)) findings.refuse('file-kind', spot, file)
  else if (text === undefined) findings.refuse('file-missing', spot, file)
  else {
    const read = fileList(file, text, parameters, context.defaultLanguage, findings, spot)
    const known = lists.get(file)
    if (known && JSON.stringify(known) !== JSON.stringify(read)) findings.refuse('file-twice', spot, file)
    lists.set(file, read)
  }
}

/** A list of the sheet external_choices keeps its name unless a list of the choices sheet has it. */
export const externalName = (list: string, lists: ReadonlyMap<string, ChoiceList>): string =>
  lists.has(list) ? `${list}_external` : list
