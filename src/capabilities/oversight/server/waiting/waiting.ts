import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Actor } from '#platform/policy/decide.ts'
import * as store from './store.ts'

/** Alerts that stand in the list as the thing itself, for as long as it waits. */
const shownItself: Partial<Record<string, readonly string[]>> = {
  'data-protection-officer': ['glass-broken', 'seal-proposed', 'erasure-proposed'],
}
const shownToUnit = ['seal-proposed', 'erasure-proposed']

/** What of watching waits for somebody: alerts not seen, and what waits for another's word. */
export async function oversightWaiting(
  read: Read,
  { role, user, country }: Actor,
  { limit }: Horizon,
): Promise<Waits<'alert' | 'glass' | 'sealing' | 'erasure'>[]> {
  const protects = role === 'data-protection-officer'
  const answers = role === 'coordinator' || role === 'decision-maker'
  const [alerts, glasses, sealings, erasures] = await Promise.all([
    store.listAlerts(read, user, shownItself[role] ?? shownToUnit, limit),
    protects ? store.listGlasses(read, country, limit) : [],
    protects || answers ? store.listSealings(read, country, user, protects, limit) : [],
    answers ? store.listErasures(read, country, user, limit) : [],
  ])
  return [
    ...alerts.map(row => waits('alert', { ...row, case_id: null, reference: null })),
    ...glasses.map(row => waits('glass', row)),
    ...sealings.map(row => waits('sealing', { ...row, due: null })),
    ...erasures.map(row => waits('erasure', { ...row, due: null })),
  ]
}
