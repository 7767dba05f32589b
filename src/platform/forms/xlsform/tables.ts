import { limits } from '../definition.ts'
import type { Findings } from './findings.ts'
import type { Row, Workbook } from './workbook.ts'

export interface Table {
  /** Name as written; the name it should have where the sheet is absent. */
  readonly sheet: string
  readonly rows: readonly Row[]
}

export interface Tables {
  readonly survey: Table
  readonly choices: Table
  readonly external: Table
  readonly settings: Table
}

/** Rows that carry nothing for the form (comments, disabled ones, ends of groups) are allowed as many again. */
const most = {
  survey: { rows: limits.nodes * 2 + 1, code: 'too-many-nodes', of: limits.nodes },
  choices: { rows: limits.choices + 1, code: 'too-many-choices', of: limits.choices },
  external_choices: { rows: limits.choices + 1, code: 'too-many-choices', of: limits.choices },
  settings: { rows: 10, code: 'settings-row', of: 1 },
} as const

/** Reads the sheets of an XLSForm; no more rows of any are kept than a form may have. */
export async function tablesOf(workbook: Workbook, findings: Findings): Promise<Tables> {
  const byKind = new Map<string, string>()
  for (const sheet of workbook.sheets) {
    const kind = sheet.toLowerCase()
    if (kind in most && Object.hasOwn(most, kind) && !byKind.has(kind)) byKind.set(kind, sheet)
    else if (byKind.has(kind)) findings.refuse('sheet-twice', { sheet })
  }
  const [only, ...others] = workbook.sheets
  if (!byKind.has('survey')) {
    if (only !== undefined && others.length === 0) byKind.set('survey', only)
    else findings.refuse('sheet-missing', {}, 'survey')
  }
  for (const sheet of workbook.sheets) {
    if ([...byKind.values()].includes(sheet) || sheet.startsWith('_')) continue
    if (sheet.toLowerCase() === 'entities' && (await read(workbook, sheet, 2, findings)).rows.length > 1) {
      findings.refuse('sheet-not-supported', { sheet })
    } else findings.warn('sheet-ignored', { sheet })
  }
  const table = async (kind: keyof typeof most): Promise<Table> => {
    const sheet = byKind.get(kind)
    if (sheet === undefined) return { sheet: kind, rows: [] }
    const { rows, more } = await read(workbook, sheet, most[kind].rows, findings)
    if (more) findings.refuse(most[kind].code, { sheet, row: most[kind].rows + 1 }, String(most[kind].of))
    return { sheet, rows }
  }
  return {
    survey: await table('survey'),
    choices: await table('choices'),
    external: await table('external_choices'),
    settings: await table('settings'),
  }
}

async function read(workbook: Workbook, sheet: string, most: number, findings: Findings) {
  const rows: Row[] = []
  let more = false
  await workbook.rows(
    sheet,
    row => {
      more = rows.length >= most
      if (!more) rows.push(row)
      return !more && !findings.full
    },
    (code, row, cell) => findings.refuse(code, { sheet, row, column: cell }, cell),
  )
  return { rows, more }
}
