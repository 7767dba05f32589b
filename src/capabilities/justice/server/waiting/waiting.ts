import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import * as store from './store.ts'

/**
 * What waits for somebody at the wall: for the unit what another wrote down, for police and prosecution what they were given.
 * Of a lead and of what was handed over nothing of a case is said.
 */
export async function justiceWaiting(
  read: Read,
  { role, user, country, strength }: Actor,
  { limit }: Horizon,
): Promise<Waits<'order' | 'interest' | 'lead' | 'handed'>[]> {
  if (role === 'intake' || role === 'coordinator' || role === 'decision-maker') {
    const [orders, interests] = await Promise.all([
      store.listProposed(read, country, user, limit),
      store.listOpen(read, country, user, limit),
    ])
    return [
      ...orders.map(row => waits('order', row)),
      ...interests.map(row => waits('interest', { ...row, urgency: 'emergency' })),
    ]
  }
  if ((role !== 'investigator' && role !== 'prosecutor') || strength < 2) return []
  const [leads, handed] = await Promise.all([
    role === 'investigator' ? store.listAssigned(read, user, limit) : [],
    store.listNotReceived(read, user, limit),
  ])
  return [
    ...leads.map(row => waits('lead', { ...row, case_id: null, due: null })),
    ...handed.map(row => waits('handed', { ...row, case_id: null, reference: null })),
  ]
}
