import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import * as store from './store.ts'

/**
 * What of the care waits for somebody: for who is in charge what is due of their cases, for who helps what they were asked
 * for, for the unit closures that wait for a second person.
 */
export async function careWaiting(
  read: Read,
  { role, user, organisation }: Actor,
  { until, limit }: Horizon,
): Promise<Waits<'follow-up' | 'safety-review' | 'action' | 'asked' | 'closure'>[]> {
  if (role === 'coordinator') return (await store.listDue(read, user, until, limit)).map(row => waits(row.kind, row))
  if (role === 'provider' || role === 'shelter-manager')
    return (await store.listAsked(read, until, limit)).map(row => waits('asked', row))
  if (role === 'intake' || role === 'decision-maker')
    return (await store.listProposed(read, organisation, user, limit)).map(row =>
      waits('closure', { ...row, due: null }),
    )
  return []
}
