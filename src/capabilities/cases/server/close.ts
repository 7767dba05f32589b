import type { Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { CaseFacts } from '../policy.ts'
import { addToTimeline, requireFresh } from './folder.ts'
import { startGuardianClock } from './guardian-clock.ts'
import { stopEveryClock } from './procedure/clock-work.ts'
import { listClocks } from './procedure/store.ts'
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
 * Opens a closed case again. Clocks that its closing stopped stay stopped, because what has to be done is decided anew;
 * only a child who had no guardian then has none now.
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
  const cutShort = (await listClocks(tx, row.id)).some(
    one => one.kind === 'child-guardian' && one.stopped_at?.getTime() === closedAt.getTime(),
  )
  if (cutShort) await startGuardianClock(tx, actor, services, row.id, now)
  await addToTimeline(tx, actor, row.id, 'case.reopened', {})
}
