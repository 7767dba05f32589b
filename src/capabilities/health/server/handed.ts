import type { KeyOf } from '#capabilities/cases/server/index.ts'
import type { FileAnswer } from '#platform/contract/operation.ts'
import type { Read } from '#platform/db/context.ts'
import { savedCopy } from '#platform/files/server/attached/attached.ts'
import { openAbout } from '#platform/files/server/attached/sealed.ts'
import type { Services } from '#platform/http/services.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { HealthNote } from '../contract.ts'
import { openNote } from './sealed.ts'
import { copiesFor, shelf } from './shelf.ts'
import * as store from './store.ts'

/**
 * For a decision that releases compartment HLT to whom an order names, of a slice above: times and words, the oldest first,
 * whether another note stands instead, and what files there are. Not who wrote them, nor where.
 */
export async function healthHanded(read: Read, caseId: string, slot: number, key: KeyOf) {
  const [rows, files] = await Promise.all([store.listNotes(read, caseId), store.listFiles(read, caseId)])
  const corrected = new Set(rows.map(one => one.corrects))
  return rows
    .map(one => {
      const opening = key(caseId, slot, 'HLT')
      return {
        at: one.at.toISOString(),
        about: one.about as HealthNote['about'],
        text: openNote(opening, one.id, one.sealed),
        corrected: corrected.has(one.id),
        files: files
          .filter(file => file.note_id === one.id && file.state === 'ready')
          .map(file => ({
            id: file.id,
            name: openAbout(shelf, opening, file.id, file.sealed_about).name,
            kind: file.kind!,
            saved: copiesFor(file, undefined).length > 0,
          })),
      }
    })
    .reverse()
}

/** The copy of a file that such a decision hands over, of a picture the clean one. @throws Problem not-found */
export async function fileHanded(
  read: Read,
  services: Services,
  of: { readonly case: string; readonly slot: number; readonly file: string },
  key: KeyOf,
): Promise<FileAnswer> {
  const row = await store.getFile(read, of.case, of.file)
  const [copy] = copiesFor(row, undefined)
  if (!copy) throw notFound()
  return savedCopy(shelf, services, key(of.case, of.slot, 'HLT'), row, copy, 'health')
}
