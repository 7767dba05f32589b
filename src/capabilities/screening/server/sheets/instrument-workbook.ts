import type { Flaw, FormDefinition, FormNode } from '#platform/forms/definition.ts'
import type { ImportAnswer } from '#platform/forms/import-in-worker.ts'
import { exportXlsForm } from '#platform/forms/xlsform/export.ts'
import { checkInstrument } from '../../check-instrument.ts'
import type { Instrument } from '../../instrument.ts'
import { aboutFrom, aboutLines } from './about-sheet.ts'
import { rulesFrom, rulesLines } from './rules-sheet.ts'

/** Sheets of our own beside those of XLSForm: rows that are kept of each, the header among them. */
export const ownSheets = { rules: 401, about: 10 } as const

export interface SheetReading {
  /** undefined where there are flaws. */
  readonly instrument: Instrument | undefined
  readonly flaws: readonly Flaw[]
  readonly warnings: readonly Flaw[]
}

/** Puts an instrument together from what the importer read of its workbook. All that is wrong comes at once. */
export function instrumentFrom({ definition, sheets, flaws: found, warnings }: ImportAnswer): SheetReading {
  if (!sheets) return { instrument: undefined, flaws: found, warnings }
  const flaws = [...found]
  const language = definition?.defaultLanguage ?? 'default'
  const { rules, ruleRows } = rulesFrom(sheets.rules ?? [], language, flaws)
  const about = aboutFrom(sheets.about ?? [], language, flaws)
  if (definition && about) {
    const instrument = { form: withoutPlaces(definition), rules, about }
    flaws.push(...checkInstrument(instrument, { ruleRows }))
    if (flaws.length === 0) return { instrument, flaws, warnings }
  }
  return { instrument: undefined, flaws: flaws.slice(0, 100), warnings }
}

/** An instrument as a workbook that {@link instrumentFrom} reads back to the same. @throws FormFlaw character */
export const instrumentWorkbook = ({ form, rules, about }: Instrument): Promise<Uint8Array> =>
  exportXlsForm(form, [
    { sheet: 'rules', lines: rulesLines(rules) },
    { sheet: 'about', lines: aboutLines(about) },
  ])

/** Rows of a spreadsheet mean nothing once it is read. */
const withoutPlaces = (form: FormDefinition): FormDefinition => ({ ...form, body: form.body.map(plain) })
function plain(node: FormNode): FormNode {
  const { at: _, ...rest } = node
  return (rest.kind === 'question' ? rest : { ...rest, children: rest.children.map(plain) }) as FormNode
}
