import type { unusualKinds } from './contract-console.ts'

/**
 * What counts as unusual reading, as data: one line a rule, so that it can be explained to whoever is asked about it.
 * None of them says that anybody did wrong; each is a question to ask.
 */
export const unusualRules = {
  /** In one hour at least so many different cases, and so many times what this person opens in their usual hour. */
  'many-cases': { least: 10, times: 3 },
  /** At least so many cases in one hour between these hours of the country's own clock. */
  'at-night': { from: 22, to: 5, least: 3 },
  /** At least so many searches for people in one hour. */
  'many-searches': { least: 15 },
  /** At least so many refusals in one hour: references tried, cases that are not theirs. */
  'many-refused': { least: 10 },
} as const
/** Days of somebody's reading that say what is usual for them. */
export const usualDays = 30

/** What one person read in one hour. */
export interface ReadingHour {
  readonly account: string
  readonly hour: Date
  readonly cases: number
  readonly night: number
  readonly searches: number
  readonly refused: number
}
export interface Unusual {
  readonly kind: (typeof unusualKinds)[number]
  readonly account: string
  readonly at: Date
  readonly count: number
  readonly usual: number | null
}

/** What of people's hours since a time is unusual, newest first; the hours before it say what is usual. */
export function unusualIn(hours: readonly ReadingHour[], since: Date): Unusual[] {
  const found: Unusual[] = []
  const add = (kind: Unusual['kind'], { account, hour: at }: ReadingHour, count: number, usual: number | null = null) =>
    found.push({ kind, account, at, count, usual })
  for (const one of hours) {
    if (one.hour < since) continue
    const usual = usualOf(hours, one)
    const { 'many-cases': many, 'at-night': night, 'many-searches': searches, 'many-refused': refused } = unusualRules
    if (one.cases >= many.least && one.cases >= many.times * usual) add('many-cases', one, one.cases, usual)
    if (one.night >= night.least) add('at-night', one, one.night)
    if (one.searches >= searches.least) add('many-searches', one, one.searches)
    if (one.refused >= refused.least) add('many-refused', one, one.refused)
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** The middle of somebody's other hours in which they read anything; 0 where there are none. */
function usualOf(hours: readonly ReadingHour[], one: ReadingHour): number {
  const others = hours
    .filter(other => other.account === one.account && other.hour < one.hour && other.cases > 0)
    .map(other => other.cases)
    .sort((a, b) => a - b)
  return others[Math.floor(others.length / 2)] ?? 0
}
