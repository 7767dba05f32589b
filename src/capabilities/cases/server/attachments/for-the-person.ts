import type { Read } from '#platform/db/context.ts'
import { openAbout } from '#platform/files/server/attached/sealed.ts'
import type { Decision } from '#platform/policy/decide.ts'
import { type AttachmentPurpose, attachmentCompartments } from '../../contract.ts'
import type { KeyOf } from '../folder.ts'
import { shelfOf } from './shelf.ts'
import * as store from './store.ts'

/** Files of one person that are listed. */
const most = 1000

/** Which files are kept of the person, of what the decision of a slice above releases: what each is, its name and when; not who added it. */
export async function filesOfPerson(read: Read, caseId: string, slot: number, decision: Decision, key: KeyOf) {
  const open = attachmentCompartments.filter(one => decision.permits(caseId, one))
  if (open.length === 0) return []
  const rows = await store.listAttachments(read, caseId, open, undefined, most)
  return rows
    .filter(row => row.state === 'ready')
    .reverse()
    .map(row => {
      const shelf = shelfOf(row.compartment)
      const { name } = openAbout(shelf, key(caseId, slot, shelf.compartment), row.id, row.sealed_about)
      return { at: row.at.toISOString(), purpose: row.purpose as AttachmentPurpose, name }
    })
}
export type FilesOfPerson = Awaited<ReturnType<typeof filesOfPerson>>
