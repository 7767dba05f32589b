import { dayNumber, instantOf, localDay, weekday } from './zone.ts'

/** How a clock counts. `hours` and `calendar-days` run day and night; the other two only in working time. */
export const clockUnits = ['hours', 'working-hours', 'working-days', 'calendar-days'] as const
export type ClockUnit = (typeof clockUnits)[number]

export const clockStates = ['running', 'warning', 'overdue', 'paused'] as const
export type ClockState = (typeof clockStates)[number]

/** What a country's calendar says about working time. */
export type WorkCalendar = {
  /** IANA name. */
  readonly timeZone: string
  /** ISO weekdays, 1 is Monday. */
  readonly workingDays: readonly number[]
  /** Local times HH:MM, on each day in order and not overlapping; `to` may be 24:00. Without `days`: on every working day. */
  readonly hours: readonly { readonly from: string; readonly to: string; readonly days?: readonly number[] }[]
  /** YYYY-MM-DD. */
  readonly holidays: readonly string[]
}

/** A time in which the clock stands still; without `to` it still does. */
export type Pause = { readonly from: Date; readonly to?: Date | undefined }
export type EndedPause = { readonly from: Date; readonly to: Date }

export type Span = {
  readonly start: Date
  /** More than 0; whole for the two day units. */
  readonly amount: number
  readonly unit: ClockUnit
  readonly pauses?: readonly Pause[] | undefined
}
export type SpanWithoutOpenPause = Span & { readonly pauses?: readonly EndedPause[] | undefined }

type Interval = readonly [from: number, to: number]
/** `week`: by ISO weekday, the minutes of the day between which it works. */
type Calendar = { zone: string; week: readonly (readonly Interval[])[]; holidays: ReadonlySet<number> }

const hourMs = 3_600_000
const prepared = new WeakMap<WorkCalendar, Calendar>()

function minuteOf(time: string): number {
  const match = /^(\d\d):(\d\d)$/.exec(time)
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  if (!(minute >= 0 && minute <= 1440)) throw new RangeError(`no such time of day: ${time}`)
  return minute
}

function prepare(calendar: WorkCalendar): Calendar {
  const known = prepared.get(calendar)
  if (known) return known
  const week = Array.from({ length: 8 }, (_, day) =>
    calendar.hours
      .filter(one => day > 0 && (one.days ?? calendar.workingDays).includes(day))
      .map(({ from, to }): Interval => [minuteOf(from), minuteOf(to)]),
  )
  const ordered = week.every(hours => hours.every(([from, to], at) => from < to && from >= (hours[at - 1]?.[1] ?? 0)))
  // Without any working time the search for a due date would never end.
  if (!ordered || week.every(hours => hours.length === 0))
    throw new RangeError('the calendar has no usable working time')
  const made = { zone: calendar.timeZone, week, holidays: new Set(calendar.holidays.map(dayNumber)) }
  prepared.set(calendar, made)
  return made
}

function workingIntervals(calendar: Calendar, day: number): Interval[] {
  if (calendar.holidays.has(day)) return []
  return calendar.week[weekday(day)]!.map(([from, to]) => [
    instantOf(calendar.zone, day, from),
    instantOf(calendar.zone, day, to),
  ])
}

/** The pauses as separate intervals in order, an open one ending at infinity. */
function merge(pauses: readonly Pause[] = []): Interval[] {
  const sorted = pauses
    .map(({ from, to }): Interval => [from.getTime(), to ? to.getTime() : Number.POSITIVE_INFINITY])
    .filter(([from, to]) => from < to)
    .sort((a, b) => a[0] - b[0])
  const merged: Interval[] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)]
    else merged.push([from, to])
  }
  return merged
}

/** The parts of from…to that are in no pause. */
function* unpaused(from: number, to: number, pauses: readonly Interval[]): Generator<Interval> {
  let at = from
  for (const [begins, ends] of pauses) {
    if (begins >= to) break
    if (begins > at) yield [at, begins]
    at = Math.max(at, ends)
  }
  if (at < to) yield [at, to]
}

/** The parts of from…to in which a clock of this unit runs. `to` may be infinite, so read it lazily. */
function* runningParts(
  calendar: Calendar,
  unit: ClockUnit,
  from: number,
  to: number,
  pauses: readonly Interval[],
): Generator<Interval> {
  if (unit === 'hours' || unit === 'calendar-days') {
    yield* unpaused(from, to, pauses)
    return
  }
  for (const [begins, ends] of unpaused(from, to, pauses)) {
    for (let day = localDay(calendar.zone, begins); ; day += 1) {
      if (instantOf(calendar.zone, day, 0) >= ends) break
      for (const [opens, closes] of workingIntervals(calendar, day)) {
        const part: Interval = [Math.max(opens, begins), Math.min(closes, ends)]
        if (part[0] < part[1]) yield part
      }
    }
  }
}

/** The first instant at which `amount` ms have run since `from`; undefined if an open pause comes before. */
function advance(calendar: Calendar, unit: ClockUnit, from: number, amount: number, pauses: readonly Interval[]) {
  let left = amount
  // An open pause has no end, so that nothing runs after it and the walk ends there.
  for (const [begins, ends] of runningParts(calendar, unit, from, Number.POSITIVE_INFINITY, pauses)) {
    if (ends - begins >= left) return begins + left
    left -= ends - begins
  }
  return undefined
}

function runningMs(calendar: Calendar, unit: ClockUnit, from: number, to: number, pauses: readonly Interval[]): number {
  let total = 0
  for (const [begins, ends] of runningParts(calendar, unit, from, to, pauses)) total += ends - begins
  return total
}

/** The end of a day for a unit of days, or undefined where the day does not count for it. */
function dayEnd(calendar: Calendar, unit: ClockUnit, day: number): number | undefined {
  // The last millisecond rather than midnight, so that the due moment bears the date of the day it belongs to.
  if (unit === 'calendar-days') return instantOf(calendar.zone, day + 1, 0) - 1
  return workingIntervals(calendar, day).at(-1)?.[1]
}

function endOfDays(calendar: Calendar, unit: ClockUnit, start: number, amount: number, pauses: readonly Interval[]) {
  let left = amount
  for (let day = localDay(calendar.zone, start) + 1; ; day += 1) {
    const end = dayEnd(calendar, unit, day)
    if (end === undefined) continue
    const pause = pauses.find(([from, to]) => end > from && end <= to)
    if (pause?.[1] === Number.POSITIVE_INFINITY) return undefined
    if (pause) continue
    left -= 1
    if (left === 0) return end
  }
}

function dueMs(calendar: Calendar, { start, amount, unit }: Span, pauses: readonly Interval[]): number | undefined {
  const days = unit === 'working-days' || unit === 'calendar-days'
  if (!(amount > 0) || !Number.isFinite(amount) || (days && !Number.isInteger(amount)))
    throw new RangeError(`not an amount of ${unit}: ${amount}`)
  if (Number.isNaN(start.getTime())) throw new RangeError('the clock has no start')
  if (days) return endOfDays(calendar, unit, start.getTime(), amount, pauses)
  return advance(calendar, unit, start.getTime(), Math.round(amount * hourMs), pauses)
}

/**
 * The last moment at which the clock is still in time. Pure: no clock of the machine is read.
 *
 * - `hours`: real time, nights and holidays included.
 * - `working-hours`: working time only; a start outside it counts from the next opening.
 * - `working-days`: the day of the start is not counted; due when the n-th working day after it closes.
 * - `calendar-days`: the day of the start is not counted; due at the last millisecond of the n-th day after it.
 *
 * A pause stops the clock. For the two day units a day counts when it ends, so that a day that ends within a
 * pause is not counted. Undefined while a pause is open, unless the clock had run out before it.
 * Throws RangeError on an amount, date, zone or calendar that cannot be.
 */
export function due(calendar: WorkCalendar, span: SpanWithoutOpenPause): Date
export function due(calendar: WorkCalendar, span: Span): Date | undefined
export function due(calendar: WorkCalendar, span: Span): Date | undefined {
  const at = dueMs(prepare(calendar), span, merge(span.pauses))
  return at === undefined ? undefined : new Date(at)
}

/** What is known at `now`: later pauses are left out, and one that still runs is taken to end now. */
function knownAt(span: Span, now: number): Interval[] {
  return merge(span.pauses)
    .filter(([from]) => from < now)
    .map(([from, to]) => [from, Math.min(to, now)])
}

function progress(calendar: Calendar, span: Span, now: number) {
  const pauses = knownAt(span, now)
  // knownAt leaves no pause open, so there is always an end.
  const end = dueMs(calendar, span, pauses)!
  const start = span.start.getTime()
  const total = runningMs(calendar, span.unit, start, end, pauses)
  return { end, total, ran: now > start ? runningMs(calendar, span.unit, start, now, pauses) : 0 }
}

/** The share of the clock's running time that is used up at `now`: 0 before the start, 1 when due, more after. */
export function elapsedShare(calendar: WorkCalendar, span: Span, now: Date): number {
  const { ran, total } = progress(prepare(calendar), span, now.getTime())
  return ran / total
}

/**
 * The state at `now`. A pause cannot bring back a clock that had run out before it began.
 * @param warnAt share of the running time, 0 to 1, from which the clock warns
 */
export function state(calendar: WorkCalendar, span: Span, now: Date, warnAt = 0.8): ClockState {
  const at = now.getTime()
  const { end, ran, total } = progress(prepare(calendar), span, at)
  if (at > end) return 'overdue'
  if (merge(span.pauses).some(([from, to]) => from <= at && at < to)) return 'paused'
  return ran >= Math.ceil(total * warnAt) ? 'warning' : 'running'
}

/** The moment at which the clock begins to warn, as far as its pauses are known; undefined while one is open. */
export function warnsAt(calendar: WorkCalendar, span: Span, warnAt = 0.8): Date | undefined {
  const made = prepare(calendar)
  const pauses = merge(span.pauses)
  const start = span.start.getTime()
  const end = dueMs(made, span, pauses)
  if (end === undefined) return undefined
  const total = runningMs(made, span.unit, start, end, pauses)
  const at = advance(made, span.unit, start, Math.ceil(total * warnAt), pauses)
  return at === undefined ? undefined : new Date(at)
}

/** Whether it works at this moment. */
export function isOpen(calendar: WorkCalendar, now: Date): boolean {
  const made = prepare(calendar)
  const at = now.getTime()
  return workingIntervals(made, localDay(made.zone, at)).some(([from, to]) => from <= at && at < to)
}
