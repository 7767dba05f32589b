import { offsetAt } from '../../clocks/zone.ts'

/** Days, hours and zones without a library: a moment is milliseconds since 1970 seen in one zone. */

/** Minutes that local time is ahead of UTC at a moment. */
export type Zone = (ms: number) => number

export const dayLength = 86_400_000

/** @param name IANA name; without one the zone of the machine. @throws RangeError for a zone nobody knows. */
export function zoneOf(name?: string): Zone {
  if (name === undefined) return ms => -new Date(ms).getTimezoneOffset() || 0
  if (name === 'UTC') return () => 0
  // Asked once at the start, so that a zone nobody knows is said here.
  offsetAt(name, 0)
  // Beyond what a Date can say there are no zones.
  return ms => (Math.abs(ms) <= 8.64e15 ? Math.floor(offsetAt(name, ms) / 60_000) : 0)
}

const pad = (value: number, length = 2) => String(value).padStart(length, '0')

/** A point in time as an expression's value: a number of days to arithmetic, a date or dateTime to text. */
export class Moment {
  readonly ms: number
  readonly zone: Zone

  constructor(ms: number, zone: Zone) {
    this.ms = ms
    this.zone = zone
  }

  get days(): number {
    return this.ms / dayLength
  }

  /** Its local calendar, to be read with the UTC getters. */
  get local(): Date {
    return new Date(this.ms + this.zone(this.ms) * 60_000)
  }

  /** `2026-11-22` at local midnight, else `2026-11-22T14:05:00.000+03:00`; `Invalid Date` for what is none. */
  get text(): string {
    const local = this.local
    if (Number.isNaN(local.getTime())) return 'Invalid Date'
    const date = `${pad(local.getUTCFullYear(), 4)}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`
    const [hour, minute, second] = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()]
    const fraction = local.getUTCMilliseconds()
    if (hour + minute + second + fraction === 0) return date
    const offset = this.zone(this.ms)
    const sign = offset < 0 ? '-' : '+'
    const zone = `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
    const thousandths = fraction === 0 ? '000' : pad(fraction, 3).replace(/0+$/, '')
    return `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}.${thousandths}${zone}`
  }

  /** Local midnight of the same day. */
  get midnight(): Moment {
    const local = this.local
    return fromLocal(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()), this.zone)
  }
}

/** What `number()` makes of a date: the same days, but whole ones as text. */
export class DayNumber extends Moment {
  override get text(): string {
    return String(Math.floor(this.days))
  }
}

function fromLocal(local: number, zone: Zone): Moment {
  const guess = local - zone(local) * 60_000
  return new Moment(local - zone(guess) * 60_000, zone)
}

const shape = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?(?:(Z)|([-+])(\d\d):(\d\d))?)?$/

/** Whether a text may be a date at all; cheap, as it is asked of every text that becomes a number. */
const plausible = (text: string) => text.length >= 10 && text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45

/** A date or dateTime; without an offset it is local. null for anything else, the 30th of February included. */
export function parseMoment(text: string, zone: Zone): Moment | null {
  if (!plausible(text)) return null
  const match = shape.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as number[]
  const thousandths = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000)
  const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, thousandths)
  const back = new Date(local)
  if (back.getUTCMonth() !== month! - 1 || back.getUTCDate() !== day || hour! > 23 || minute! > 59 || second! > 59) {
    return null
  }
  if (match[8]) return new Moment(local, zone)
  if (!match[9]) return fromLocal(local, zone)
  const [hours, minutes] = [Number(match[10]), Number(match[11])]
  if (hours > 14 || minutes > 59) return null
  return new Moment(local - (match[9] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000, zone)
}

/** Milliseconds since midnight of `14:05`, `14:05:30.5`; an offset moves it to local time. NaN for anything else. */
export function parseTime(text: string, zone: Zone): number {
  if (!/^\d\d:\d\d(:[0-5]\d)?(\.\d+)?(Z|[-+]\d\d:\d\d)?$/.test(text)) return Number.NaN
  const moment = parseMoment(`1970-01-01T${text}`, zone)
  if (!moment) return Number.NaN
  const local = moment.local.getTime()
  return ((local % dayLength) + dayLength) % dayLength
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const dateParts: Readonly<Record<string, (local: Date) => string>> = {
  '%Y': local => pad(local.getUTCFullYear(), 4),
  '%y': local => pad(local.getUTCFullYear(), 4).slice(2),
  '%m': local => pad(local.getUTCMonth() + 1),
  '%n': local => String(local.getUTCMonth() + 1),
  '%b': local => months[local.getUTCMonth()]!,
  '%d': local => pad(local.getUTCDate()),
  '%e': local => String(local.getUTCDate()),
  '%a': local => weekdays[local.getUTCDay()]!,
}
const timeParts: Readonly<Record<string, (local: Date) => string>> = {
  '%H': local => pad(local.getUTCHours()),
  '%h': local => String(local.getUTCHours()),
  '%M': local => pad(local.getUTCMinutes()),
  '%S': local => pad(local.getUTCSeconds()),
  '%3': local => pad(local.getUTCMilliseconds(), 3),
}

/** `%Y-%m-%d` and so on; names of days and months are English so that an answer does not hang on the language. */
export function formatMoment(moment: Moment, format: string, withTime: boolean): string {
  const { local } = moment
  return format.replace(/%[YymnbdeaHhMS3]/g, key => {
    const part = dateParts[key] ?? (withTime ? timeParts[key] : undefined)
    return part ? part(local) : key
  })
}
