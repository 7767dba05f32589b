import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { CaseFacts } from '../policy.ts'
import { addToTimeline } from './folder.ts'
import { goOnAfterClosing, showDue, stopEveryClock } from './procedure/clock-work.ts'
import * as store from './store.ts'

type Loaded = CaseFacts & { readonly row: store.FolderRow }

/**
 * Closes an open case; its clocks stop. Who may, and who else had to agree, is the care's to say.
 * @throws Problem not-now when it is not open, version-stale when it changed at the same moment
 */
export async function closeFolder(tx: Tx, actor: Actor, { row }: Loaded, reason: string, now: Date): Promise<void> {
  if (row.status !== 'opened') throw new Problem('not-now')
  requireFresh(await store.changeFolder(tx, row.id, row.version, { status: 'closed', due_at: null }))
  await stopEveryClock(tx, row.id, now, actor.user)
  await addToTimeline(tx, actor, row.id, 'case.closed', { reason })
}

/**
 * Opens a closed case again. The clocks that its closing stopped go on with what was left of their time; those that had
 * stopped before, because what they were for was done, stay stopped.
 * @param closedAt when it was closed
 */
export async function reopenFolder(
  tx: Tx,
  actor: Actor,
  services: Services,
  { row }: Loaded,
  closedAt: Date,
  now: Date,
): Promise<void> {
  if (row.status !== 'closed') throw new Problem('not-now')
  requireFresh(await store.changeFolder(tx, row.id, row.version, { status: 'opened' }))
  await addToTimeline(tx, actor, row.id, 'case.reopened', {})
  const pack = services.packs.get(actor.country)!
  for (const one of await goOnAfterClosing(tx, pack, row.id, { closedAt, now, by: actor.user })) {
    const standing = one.paused_at ? 'paused' : one.due_at < now ? 'overdue' : 'running'
    await addToTimeline(tx, actor, row.id, 'case.clock-reopened', { clock: one.kind, standing })
  }
  await showDue(tx, row.id)
}
