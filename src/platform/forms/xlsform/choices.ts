import { type Choice, type ChoiceList, limits } from '../definition.ts'
import { Cells } from './cells.ts'
import type { Findings } from './findings.ts'
import type { Column } from './headers.ts'
import { isReserved } from './names.ts'
import type { Row } from './workbook.ts'

/** Groups the rows of a choices sheet by list, in the order of the sheet. */
export function listsOf(
  sheet: string,
  columns: readonly Column[],
  rows: readonly Row[],
  duplicates: boolean,
  needed: string | undefined,
  findings: Findings,
): ReadonlyMap<string, ChoiceList> {
  const lists = new Map<string, { choices: Choice[]; names: Set<string> }>()
  if (rows.length > 0) {
    for (const field of ['list_name', 'name'] as const) {
      if (!columns.some(column => column.field === field)) findings.refuse('column-missing', { sheet }, field)
    }
  }
  for (const row of rows.slice(0, limits.choices + 1)) {
    if (findings.full) break
    const cells = new Cells(sheet, columns, row, findings, needed)
    const list = cells.code('list_name')
    const name = cells.code('name')
    if (list === '' && name === '') {
      if (row.cells.size > 0) findings.warn('row-skipped', cells.spot())
      continue
    }
    if (list === '' || /\s/.test(list) || isReserved(list) || list.length > 200) {
      findings.refuse('list-name', cells.spot('list_name'), list)
      continue
    }
    if (name === '' || name.length > 200) {
      findings.refuse('choice-name', cells.spot('name'), name)
      continue
    }
    if (isReserved(name)) {
      findings.refuse('name-reserved', cells.spot('name'), name)
      continue
    }
    const known = lists.get(list) ?? { choices: [], names: new Set<string>() }
    lists.set(list, known)
    if (known.names.has(name) && !duplicates) findings.refuse('choice-twice', cells.spot('name'), name)
    known.names.add(name)
    const label = cells.texts('label') ?? {}
    const media = cells.media()
    if (Object.keys(label).length === 0 && !media) findings.warn('choice-without-label', cells.spot('label'), name)
    known.choices.push({ name, label, ...(media ? { media } : {}), columns: cells.further() })
  }
  if (rows.length > limits.choices) findings.refuse('too-many-choices', { sheet }, String(limits.choices))
  return new Map([...lists].map(([name, { choices }]) => [name, { name, choices }]))
}
