import type { Case, Identification } from '../../contract.ts'

export type Part = 'reasonable-grounds' | 'recovery' | 'conclusive-grounds'
export type Standing = 'done' | 'here' | 'ahead'

const inside: Readonly<Record<Part, readonly Identification[]>> = {
  'reasonable-grounds': [
    'none',
    'pending',
    'proposed-negative',
    'no-reasonable-grounds',
    'reconsidering-reasonable-grounds',
    'proposed-reasonable-grounds-again',
  ],
  recovery: ['reasonable-grounds'],
  'conclusive-grounds': [
    'conclusive-pending',
    'proposed-conclusive-negative',
    'no-conclusive-grounds',
    'reconsidering-conclusive-grounds',
    'proposed-conclusive-grounds-again',
    'conclusive-grounds',
  ],
}
const interruptions: readonly Identification[] = ['withdrawn', 'transferred', 'missing', 'deceased']
export const isInterrupted = (identification: Identification): boolean => interruptions.includes(identification)

/** Where a case stands, or stood when it was interrupted. */
export function standingAt({ identification, steps = [] }: Case): Identification {
  if (!isInterrupted(identification)) return identification
  return (steps.findLast(one => one.to === identification)?.from ?? 'pending') as Identification
}

/** The parts of the country's procedure in their order, and which of them this case has behind it. */
export function pathOf(found: Case): { part: Part; standing: Standing }[] {
  const at = standingAt(found)
  const parts = (Object.keys(inside) as Part[])
    // Who decides once has no second part, and nothing to wait for between.
    .filter(part => found.stages.length > 1 || part === found.stages[0])
  const here = parts.findIndex(part => inside[part].includes(at))
  const over = at === 'conclusive-grounds' || (here < 0 && at === 'reasonable-grounds')
  return parts.map((part, place) => {
    if (over || place < here) return { part, standing: 'done' }
    return { part, standing: place === here ? 'here' : 'ahead' }
  })
}

/** The clocks that belong to a part. */
export const clocksOfPart: Record<Part, readonly string[]> = {
  'reasonable-grounds': ['reasonable-grounds'],
  recovery: ['recovery-period', 'recovery-review'],
  'conclusive-grounds': ['conclusive-grounds'],
}
