import { instantOf, localDay } from '../../clocks/zone.ts'

/** The night, in hours of the country's own day: from the first until the second of the next morning. */
export const quietHours = { from: 20, to: 7 } as const

/**
 * When the night ends that a moment lies in; undefined by day.
 * Both ends are read off the country's own clock, so the night of a change of time is as long as it is.
 */
export function quietUntil(timeZone: string, now: Date): Date | undefined {
  const today = localDay(timeZone, now.getTime())
  const at = (day: number, hour: number) => instantOf(timeZone, day, hour * 60)
  if (now.getTime() < at(today, quietHours.to)) return new Date(at(today, quietHours.to))
  if (now.getTime() >= at(today, quietHours.from)) return new Date(at(today + 1, quietHours.to))
  return undefined
}
