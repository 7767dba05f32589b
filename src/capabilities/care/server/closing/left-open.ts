import { listClocks } from '#capabilities/cases/server/index.ts'
import { listOfCase } from '#capabilities/referrals/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import type { Open } from '../../contract-closing.ts'
import { listActions, listFollowUps } from '../plan/store.ts'

/** Everything of a case that is still open, as codes: asked by who is in charge, for whom the fence hides none of it. */
export async function leftOpen(read: Read, caseId: string): Promise<Open[]> {
  const [clocks, referrals, actions, followUps] = await Promise.all([
    listClocks(read, caseId),
    listOfCase(read, caseId),
    listActions(read, caseId),
    listFollowUps(read, caseId),
  ])
  return [
    ...clocks
      .filter(one => one.stopped_at === null)
      .map(one => ({ kind: 'clock' as const, id: one.id, code: one.kind, dueAt: one.due_at.toISOString() })),
    ...referrals
      .filter(one => one.status === 'sent' || one.status === 'acknowledged')
      .map(one => ({
        kind: 'referral' as const,
        id: one.id,
        code: one.service ?? one.kind,
        dueAt: one.due_at.toISOString(),
      })),
    ...actions
      .filter(one => one.state === 'open')
      .map(one => ({ kind: 'action' as const, id: one.id, code: one.service, dueAt: one.due_on })),
    ...followUps
      .filter(one => one.state === 'planned' && one.kind !== 'last-contact')
      .map(one => ({ kind: 'follow-up' as const, id: one.id, code: one.kind, dueAt: one.due_on })),
  ]
}
