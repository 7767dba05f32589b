import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { listEscalated } from '../escalation/store.ts'
import * as store from './store.ts'

/**
 * What of cases waits for somebody: the clocks of their own cases, for the unit those that warn or have run out; for who
 * decides, decisions that wait for a second person; for who supervises the unit, what ran over and nobody took up yet.
 */
export async function casesWaiting(
  read: Read,
  actor: Actor,
  { now, end, limit }: Horizon,
): Promise<Waits<'clock' | 'decision' | 'escalation'>[]> {
  const { role, user, organisation } = actor
  if (role === 'coordinator')
    return (await store.listCaseloadClocks(read, user, end, limit)).map(row =>
      waits('clock', { ...row, code: row.kind, due: row.due_at }),
    )
  // No case to open: its reference is all that a supervisor is told.
  if (role === 'supervisor')
    return (await listEscalated(read, organisation, now, limit))
      .filter(row => row.answer === null)
      .map(row =>
        waits('escalation', { id: row.id, case_id: null, reference: row.reference, code: row.kind, due: row.due_at }),
      )
  if (role !== 'intake' && role !== 'decision-maker') return []
  const [clocks, decisions] = await Promise.all([
    store.listWarned(read, now, end, limit),
    role === 'decision-maker' ? store.listProposed(read, organisation, user, limit) : [],
  ])
  return [...clocks.map(row => waits('clock', row)), ...decisions.map(row => waits('decision', row))]
}
