import { parentPort, workerData } from 'node:worker_threads'
import type { Flaw } from './definition.ts'
import { FormFlaw } from './flaw.ts'
import type { ImportAnswer, ImportTask } from './import-in-worker.ts'
import { importXlsForm } from './xlsform/import.ts'
import { openWorkbook, type Row } from './xlsform/workbook.ts'

// The thread's whole life: one spreadsheet in, one answer out. What it throws beyond a flaw ends it, and only it.

const { bytes, further } = workerData as ImportTask

const flawsIn = (error: unknown): readonly Flaw[] => {
  if (error instanceof FormFlaw) return error.flaws
  throw error
}

async function run(): Promise<ImportAnswer> {
  const form = await importXlsForm(bytes).catch((error: unknown) => ({ flaws: flawsIn(error) }))
  const read = await furtherSheets().catch((error: unknown) => ({ sheets: undefined, flaws: flawsIn(error) }))
  const imported = 'definition' in form ? form : undefined
  // A file that cannot be opened says so once.
  const known = new Set('flaws' in form ? form.flaws.map(flaw => JSON.stringify(flaw)) : [])
  return {
    definition: imported?.definition,
    flaws: [...('flaws' in form ? form.flaws : []), ...read.flaws.filter(flaw => !known.has(JSON.stringify(flaw)))],
    warnings: (imported?.warnings ?? []).filter(
      ({ code, sheet }) => !(code === 'sheet-ignored' && sheet !== undefined && Object.hasOwn(further, lower(sheet))),
    ),
    sheets: read.sheets,
  }
}

async function furtherSheets(): Promise<Pick<ImportAnswer, 'sheets' | 'flaws'>> {
  const sheets: Record<string, readonly Row[]> = {}
  const flaws: Flaw[] = []
  if (Object.keys(further).length === 0) return { sheets, flaws }
  const workbook = await openWorkbook(bytes)
  for (const sheet of workbook.sheets) {
    const name = lower(sheet)
    if (!Object.hasOwn(further, name) || sheets[name]) continue
    const rows: Row[] = []
    let more = false
    await workbook.rows(
      sheet,
      row => {
        more = rows.length >= further[name]!
        if (!more) rows.push(row)
        return !more && flaws.length < 100
      },
      (code, row, cell) => flaws.push({ code, sheet, row, column: cell, detail: cell }),
    )
    if (more) flaws.push({ code: 'too-many-rows', sheet, detail: String(further[name]! - 1) })
    sheets[name] = rows
  }
  return { sheets, flaws }
}

const lower = (sheet: string): string => sheet.trim().toLowerCase()

parentPort!.postMessage(await run())
