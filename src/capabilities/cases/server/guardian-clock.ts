import type { Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { startClocks, stopClocks } from './procedure/clock-work.ts'
import { listClocks } from './procedure/store.ts'

/** A child without a guardian: the country's time to name one runs, once. Nothing where the pack knows no limit. */
export async function startGuardianClock(
  tx: Tx,
  actor: Actor,
  services: Services,
  caseId: string,
  now: Date,
): Promise<void> {
  const running = (await listClocks(tx, caseId)).some(one => one.kind === 'child-guardian' && one.stopped_at === null)
  if (!running) await startClocks(tx, services.packs.get(actor.country)!, caseId, ['child-guardian'], now)
}
export const stopGuardianClock = (tx: Tx, actor: Actor, caseId: string, now: Date): Promise<void> =>
  stopClocks(tx, caseId, ['child-guardian'], now, actor.user)
