import type { Read } from '#platform/db/context.ts'
import type { KeyOf } from './folder.ts'
import { openAt } from './sealed.ts'
import { listNotes } from './store.ts'

/** The notes of the care, for a slice above whose own decision releases compartment SVC; those that the fence shows. */
export async function openNotes(read: Read, caseId: string, slot: number, key: KeyOf) {
  return (await listNotes(read, caseId)).map(one => ({
    id: one.id,
    at: one.at.toISOString(),
    by: one.name ?? '',
    text: openAt(key(caseId, slot, 'SVC'), 'note', one.id, one.sealed),
  }))
}
