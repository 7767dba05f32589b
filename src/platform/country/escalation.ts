import type { Allowed, CountryPack } from './pack.ts'
import type { ClockCode } from './vocabulary.ts'

/**
 * After which further time the supervisors of the competent body are told once more that a clock is overdue, where the pack does not
 * say. What is not here is nobody's delay: the time to ask for a reconsideration is the person's own.
 */
const defaults: Partial<Record<ClockCode, Allowed>> = {
  'reasonable-grounds': { amount: 2, unit: 'working-days' },
  'recovery-period': { amount: 5, unit: 'working-days' },
  'recovery-review': { amount: 2, unit: 'working-days' },
  'conclusive-grounds': { amount: 5, unit: 'working-days' },
  'child-guardian': { amount: 24, unit: 'hours' },
}

/** That time; undefined where supervisors are told nothing of such a clock. */
export function escalationOf(pack: CountryPack, code: ClockCode): Allowed | undefined {
  const said = pack.clocks.find(one => one.code === code)?.escalates
  return said === undefined ? defaults[code] : (said ?? undefined)
}
