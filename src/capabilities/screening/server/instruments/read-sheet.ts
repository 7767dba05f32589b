import type { Flaw } from '#platform/forms/definition.ts'
import { flawSentence } from '#platform/forms/flaw-words.ts'
import { importInWorker } from '#platform/forms/import-in-worker.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { Words } from '#platform/words/words.ts'
import { instrumentFrom, ownSheets, type SheetReading } from '../sheets/instrument-workbook.ts'

/** Who has a sheet being read now. Two at once leave the server its other core, and its memory. */
const busy = new Set<string>()
const atOnce = 2

/**
 * Reads an instrument out of an .xlsx, in a thread of its own.
 * @param base64 the file
 * @throws Problem slow-down when this person has one being read already; busy when others have
 */
export async function readSheet(person: string, base64: string): Promise<SheetReading> {
  if (busy.has(person)) throw new Problem('slow-down')
  if (busy.size >= atOnce) throw new Problem('busy')
  busy.add(person)
  try {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
    return instrumentFrom(await importInWorker({ bytes, further: ownSheets }))
  } finally {
    busy.delete(person)
  }
}

/** Flaws with their sentences in the reader's language. */
export const told = (words: Words, flaws: readonly Flaw[]) =>
  flaws.map(flaw => ({ ...flaw, sentence: flawSentence(words, flaw) }))
