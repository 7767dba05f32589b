import type { KeyOf } from '#capabilities/cases/server/index.ts'
import type { FileAnswer } from '#platform/contract/operation.ts'
import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import { savedCopy, sumOfCopy } from '#platform/files/server/attached/attached.ts'
import { openAbout } from '#platform/files/server/attached/sealed.ts'
import type { Services } from '#platform/http/services.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { HealthNote } from '../contract.ts'
import { openNote } from './sealed.ts'
import { copiesFor, shelf } from './shelf.ts'
import * as store from './store.ts'

/**
 * For a decision that releases compartment HLT to whom an order names, of a slice above: times and words, the oldest first,
 * whether another note stands instead, and what files there are, each with the SHA-256 of the copy that is handed over. Not who
 * wrote them, nor where.
 */
export async function healthHanded(read: Read, services: Services, caseId: string, slot: number, key: KeyOf) {
  const [rows, files] = await Promise.all([store.listNotes(read, caseId), store.listFiles(read, caseId)])
  const corrected = new Set(rows.map(one => one.corrects))
  const found: { at: string; about: HealthNote['about']; text: string; corrected: boolean; files: HandedFile[] }[] = []
  for (const one of rows.reverse()) {
    const opening = key(caseId, slot, 'HLT')
    const ready = files.filter(file => file.note_id === one.id && file.state === 'ready')
    const handed: HandedFile[] = []
    // One after another: each is read from the disk for its sum.
    for (const file of ready) handed.push(await fileOf(services, opening, file))
    found.push({
      at: one.at.toISOString(),
      about: one.about as HealthNote['about'],
      text: openNote(opening, one.id, one.sealed),
      corrected: corrected.has(one.id),
      files: handed,
    })
  }
  return found
}
interface HandedFile {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly sha256: string | null
}
async function fileOf(services: Services, key: DataKey, row: store.FileRow): Promise<HandedFile> {
  const [copy] = copiesFor(row, undefined)
  const sum = copy && (await sumOfCopy(shelf, services, key, row, copy))
  return {
    id: row.id,
    name: openAbout(shelf, key, row.id, row.sealed_about).name,
    kind: copy === 'clean' ? 'jpg' : row.kind!,
    sha256: sum?.toString('hex') ?? null,
  }
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
  return savedCopy('health', shelf, services, key(of.case, of.slot, 'HLT'), row, copy)
}
