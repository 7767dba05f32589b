const dayMs = 86_400_000
const minuteMs = 60_000

// Since 1972 every zone has changed its offset on a quarter of an hour of UTC, so one answer serves a whole quarter.
const quarterMs = 15 * minuteMs
const remembered = 10_000

type Zone = { formatter: Intl.DateTimeFormat; offsets: Map<number, number> }
const zones = new Map<string, Zone>()

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone)
  if (!zone) {
    const formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    zone = { formatter, offsets: new Map() }
    zones.set(timeZone, zone)
  }
  return zone
}

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  try {
    zoneOf(timeZone)
    return true
  } catch {
    return false
  }
}

/**
 * Local time minus UTC, in ms, at an instant (ms since the epoch).
 * For instants from 1972 on. Throws RangeError on an unknown zone or an instant outside what a Date holds.
 */
export function offsetAt(timeZone: string, at: number): number {
  const { formatter, offsets } = zoneOf(timeZone)
  const quarter = Math.floor(at / quarterMs)
  const known = offsets.get(quarter)
  if (known !== undefined) return known
  const fields: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(quarter * quarterMs)) fields[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * quarterMs
  if (offsets.size >= remembered) offsets.clear()
  offsets.set(quarter, offset)
  return offset
}

/** The local calendar day of an instant, as a number of days since 1970-01-01. */
export function localDay(timeZone: string, at: number): number {
  return Math.floor((at + offsetAt(timeZone, at)) / dayMs)
}

/** ISO weekday of a day number: 1 is Monday, 7 is Sunday. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The day number of a date written YYYY-MM-DD. Throws RangeError on a date that does not exist. */
export function dayNumber(date: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  // Date.parse turns 31 February into March on some inputs; writing it back shows that.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date)
    throw new RangeError(`no such date: ${date}`)
  return at / dayMs
}

/**
 * The first instant (ms) at which the zone's clocks show the given day and minute of the day, or later.
 * Where clocks are put forward over that minute it is the moment of the change; where they are put back
 * and show it twice, the first of the two. Minute 1440 is the start of the next day.
 */
export function instantOf(timeZone: string, day: number, minuteOfDay: number): number {
  const wanted = day * dayMs + minuteOfDay * minuteMs
  const before = offsetAt(timeZone, wanted - dayMs)
  const after = offsetAt(timeZone, wanted + dayMs)
  if (before === after) return wanted - before
  const first = wanted - before
  if (offsetAt(timeZone, first) === before) return first
  const second = wanted - after
  if (offsetAt(timeZone, second) === after) return second
  let low = second
  let high = first
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(timeZone, middle) === before) low = middle
    else high = middle
  }
  return high
}
