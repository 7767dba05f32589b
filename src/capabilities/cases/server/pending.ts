import type { Tx } from '#platform/db/context.ts'
import type { Urgency } from '../contract.ts'
import type { CaseFacts } from '../policy.ts'
import { requireFresh } from './folder.ts'
import * as store from './store.ts'

/** A referral to the competent body left: the identification is pending from now on. */
export async function markPending(
  tx: Tx,
  facts: CaseFacts & { row: store.FolderRow },
  urgency: Urgency,
  dueAt: Date,
): Promise<void> {
  const { id, version, identification } = facts.row
  if (identification !== 'none') return
  requireFresh(await store.changeFolder(tx, id, version, { identification: 'pending', urgency, due_at: dueAt }))
}
