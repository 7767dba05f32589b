import type { KeyOf } from '#capabilities/cases/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import type { HealthNote } from '../contract.ts'
import { openNote } from './sealed.ts'
import * as store from './store.ts'

/**
 * For a decision that releases compartment HLT to whom an order names, of a slice above: times and words, the oldest first,
 * and whether another note stands instead. Not who wrote them, nor where.
 */
export async function healthHanded(read: Read, caseId: string, slot: number, key: KeyOf) {
  const rows = await store.listNotes(read, caseId)
  const corrected = new Set(rows.map(one => one.corrects))
  return rows
    .map(one => ({
      at: one.at.toISOString(),
      about: one.about as HealthNote['about'],
      text: openNote(key(caseId, slot, 'HLT'), one.id, one.sealed),
      corrected: corrected.has(one.id),
    }))
    .reverse()
}
