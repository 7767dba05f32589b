import type { Tx } from '#platform/db/context.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { Urgency } from '../contract.ts'
import type { CaseFacts } from '../policy.ts'
import * as store from './store.ts'

/**
 * A referral to the competent body left: the identification is pending from now on.
 * @throws Problem not-now when the case changed at the same moment; who sends names no version of it
 */
export async function markPending(
  tx: Tx,
  facts: CaseFacts & { row: store.FolderRow },
  urgency: Urgency,
  dueAt: Date,
): Promise<void> {
  const { id, version, identification } = facts.row
  if (identification !== 'none') return
  const touched = await store.changeFolder(tx, id, version, { identification: 'pending', urgency, due_at: dueAt })
  if (touched === 0) throw new Problem('not-now')
}
