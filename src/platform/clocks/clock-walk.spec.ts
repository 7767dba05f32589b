import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ClockUnit, due, isOpen, type Pause, state, type WorkCalendar, warnsAt } from './clock.ts'

// A whole case's clocks against a walk that knows nothing of how clock.ts counts: it asks the wall clock of the place,
// minute after minute, what day and time it is, as somebody with a calendar, a watch and a pencil would.

const minute = 60_000
const dayLong = 86_400_000

/** What the wall clock of a place shows: its day as YYYY-MM-DD and minutes since its midnight. */
class Wall {
  readonly #format: Intl.DateTimeFormat
  readonly #seen = new Map<number, { day: string; at: number }>()
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  }
  shows(ms: number): { day: string; at: number } {
    let shown = this.#seen.get(ms)
    if (!shown) {
      const [day = '', time = ''] = this.#format.format(ms).split(' ')
      const [hours = 0, minutes = 0] = time.split(':').map(Number)
      shown = { day, at: hours * 60 + minutes }
      this.#seen.set(ms, shown)
    }
    return shown
  }
}
const walls = new Map<string, Wall>()
const wallOf = (zone: string) => {
  const wall = walls.get(zone) ?? new Wall(zone)
  walls.set(zone, wall)
  return wall
}
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
// 5 January 1970 was a Monday; days are counted from the date alone, so that no zone has a part in it.
const isoWeekday = (day: string) => ((Math.round(Date.parse(`${day}T00:00Z`) / dayLong) - 4 + 7 * 9999) % 7) + 1

const works = (calendar: WorkCalendar, ms: number): boolean => {
  const { day } = wallOf(calendar.timeZone).shows(ms)
  if (calendar.holidays.includes(day)) return false
  const latest = latestShown(calendar.timeZone, ms)
  return calendar.hours.some(
    ({ days = calendar.workingDays, from, to }) =>
      days.includes(isoWeekday(day)) && latest >= minutesOf(from) && latest < minutesOf(to),
  )
}
/**
 * The latest time of this day that the wall has shown. Work begins when it first shows the opening and ends when it first
 * shows the closing: where clocks are put back, nobody goes home between, and nobody comes back for the hour that is
 * shown twice.
 */
function latestShown(zone: string, ms: number): number {
  const wall = wallOf(zone)
  const { day, at } = wall.shows(ms)
  const before = wall.shows(ms - 120 * minute)
  if (before.day === day && at - before.at === 120) return at
  let latest = at
  for (let back = 1; back <= 120; back++) {
    const shown = wall.shows(ms - back * minute)
    if (shown.day === day) latest = Math.max(latest, shown.at)
  }
  return latest
}
const stands = (pauses: readonly Pause[], ms: number): boolean =>
  pauses.some(({ from, to }) => ms >= from.getTime() && (to === undefined || ms < to.getTime()))

interface Asked {
  readonly start: number
  readonly amount: number
  readonly unit: ClockUnit
  readonly pauses: readonly Pause[]
}
/** Walks to the last moment; undefined when it is not reached within `most` minutes. */
function walk(calendar: WorkCalendar, { start, amount, unit, pauses }: Asked, most = 200 * 1440): number | undefined {
  const wall = wallOf(calendar.timeZone)
  const counts = (ms: number) => (unit === 'hours' ? true : works(calendar, ms)) && !stands(pauses, ms)
  const today = wall.shows(start).day
  let left = unit.endsWith('hours') ? Math.round(amount * 60) : amount
  /** The end of the last minute of this day that was working time. */
  let closing: number | undefined
  for (let ms = start, walked = 0; walked < most; ms += minute, walked++) {
    if (unit === 'hours' || unit === 'working-hours') {
      if (counts(ms) && --left === 0) return ms + minute
      continue
    }
    const { day } = wall.shows(ms)
    if (day === today) continue
    if (unit === 'working-days' && works(calendar, ms)) closing = ms + minute
    if (wall.shows(ms + minute).day === day) continue
    // Midnight: the day is over. It counts when it had an end at which nothing stood still.
    const end = unit === 'calendar-days' ? ms + minute - 1 : closing
    closing = undefined
    // A pause covers the moment before the end, so that one that begins as the day closes takes nothing from it.
    if (end === undefined || stands(pauses, end - 1)) continue
    if (--left === 0) return end
  }
  return undefined
}

/** Minutes of running time, to know when four fifths are used. */
function ran(calendar: WorkCalendar, { start, unit, pauses }: Asked, until: number): number {
  let minutes = 0
  for (let ms = start; ms < until; ms += minute)
    if ((unit === 'hours' || unit === 'calendar-days' || works(calendar, ms)) && !stands(pauses, ms)) minutes++
  return minutes
}

// Places with and without daylight saving, on both halves of the globe, with changes of an hour and of half an hour, and
// offsets that are no whole hours. In Havana and Asunción the clocks change at midnight, so that a day has none.
const places = [
  'America/Port_of_Spain',
  'America/Jamaica',
  'America/New_York',
  'America/Havana',
  'America/Asuncion',
  'America/Caracas',
  'Europe/London',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
]
// Changes of clocks, leap days (also that of 2000, and the one that 2100 has not), the turn of the year.
const moments = [
  '2026-03-06',
  '2026-03-27',
  '2026-10-02',
  '2026-10-23',
  '2026-10-30',
  '2026-12-22',
  '2028-02-26',
  '2000-02-26',
  '2100-02-25',
  '2024-02-27',
  '2027-06-01',
]
const near = moments.flatMap(from =>
  Array.from({ length: 14 }, (_, n) => new Date(Date.parse(`${from}T00:00Z`) + n * dayLong).toISOString().slice(0, 10)),
)
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  timeZone: fc.constantFrom(...places),
  workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 7 }),
  hours: fc.constantFrom(
    [{ from: '08:00', to: '16:00' }],
    [
      { from: '07:30', to: '12:00' },
      { from: '13:15', to: '16:45' },
    ],
    [{ from: '00:00', to: '24:00' }],
    [{ from: '01:30', to: '03:15' }],
    [
      { days: [6, 7], from: '00:00', to: '02:30' },
      { days: [1, 3, 5, 7], from: '09:00', to: '12:00' },
      { days: [2, 4], from: '11:15', to: '19:00' },
    ],
  ),
  holidays: fc.uniqueArray(fc.constantFrom(...near), { maxLength: 10 }),
})
const asked: fc.Arbitrary<Asked> = fc
  .record({
    moment: fc.constantFrom(...moments),
    minutes: fc.integer({ min: 0, max: 6 * 1440 }),
    unit: fc.constantFrom<ClockUnit>('hours', 'working-hours', 'working-days', 'calendar-days'),
    hours: fc.constantFrom(0.5, 1, 1.25, 7, 24, 48),
    days: fc.integer({ min: 1, max: 6 }),
    pauses: fc.array(fc.tuple(fc.integer({ min: -600, max: 8000 }), fc.integer({ min: 1, max: 4000 })), {
      maxLength: 4,
    }),
  })
  .map(({ moment, minutes, unit, hours, days, pauses }) => {
    const start = Date.parse(`${moment}T00:00Z`) + minutes * minute
    return {
      start,
      unit,
      amount: unit.endsWith('hours') ? hours : days,
      pauses: pauses.map(([after, length]) => ({
        from: new Date(start + after * minute),
        to: new Date(start + (after + length) * minute),
      })),
    }
  })
const span = ({ start, ...rest }: Asked) => ({ ...rest, start: new Date(start) })
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString())

test('whatever the place, the day and the pauses, a clock runs out when the walk says so', () => {
  fc.assert(
    fc.property(calendars, asked, (calendar, one) => {
      assert.equal(due(calendar, span(one))?.toISOString(), iso(walk(calendar, one)))
    }),
    { numRuns: 200 },
  )
})

test('a clock that is started afterwards, from a day in the past, stands where it would have stood', () => {
  fc.assert(
    fc.property(calendars, asked, fc.integer({ min: 0, max: 40 * 1440 }), (calendar, one, later) => {
      const now = one.start + later * minute
      // What is known by then: a pause that still lasts has lasted until now.
      const known = one.pauses
        .filter(({ from }) => from.getTime() < now)
        .map(({ from, to }) => ({ from, to: new Date(Math.min(to!.getTime(), now)) }))
      const over = now > walk(calendar, { ...one, pauses: known })!
      const seen = state(calendar, span(one), new Date(now))
      assert.equal(seen === 'overdue', over)
      assert.equal(seen === 'paused', !over && stands(one.pauses, now))
    }),
    { numRuns: 150 },
  )
})

test('a pause that is still open has no end, and what it ends on moves the clock as if it had always been known', () => {
  fc.assert(
    fc.property(
      calendars,
      asked,
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (calendar, one, after, length) => {
        const from = new Date(one.start + after * minute)
        const open = { ...one, pauses: [{ from }] }
        const untouched = walk(calendar, { ...one, pauses: [] })!
        const waits = due(calendar, span(open))
        // Run out before it began, or waiting for as long as it lasts.
        assert.equal(waits?.toISOString(), untouched <= from.getTime() ? iso(untouched) : undefined)
        const closed = { ...one, pauses: [{ from, to: new Date(from.getTime() + length * minute) }] }
        const moved = due(calendar, span(closed))
        assert.equal(moved?.toISOString(), iso(walk(calendar, closed)))
        assert.ok(moved! >= new Date(untouched))
      },
    ),
    { numRuns: 150 },
  )
})

test('it warns when four fifths of its time have run, whatever stood still between', () => {
  fc.assert(
    fc.property(calendars, asked, fc.constantFrom(0.5, 0.8, 0.9, 1), (calendar, one, share) => {
      const end = walk(calendar, one)!
      const total = ran(calendar, one, end)
      const warned = warnsAt(calendar, span(one), share)!
      assert.ok(warned.getTime() <= end + 1)
      const used = ran(calendar, one, Math.ceil((warned.getTime() - one.start) / minute) * minute + one.start)
      // To the minute: the walk sees no seconds.
      assert.ok(Math.abs(used - total * share) <= 1, `${used} of ${total} at ${share}`)
    }),
    { numRuns: 100 },
  )
})

test('more time is never less: an amount more, a holiday more or a pause more never brings the end nearer', () => {
  fc.assert(
    fc.property(calendars, asked, fc.constantFrom(...near), (calendar, one, holiday) => {
      const end = due(calendar, span(one))!
      assert.ok(due(calendar, span({ ...one, amount: one.amount + 1 }))! > end)
      const more = { ...calendar, holidays: [...calendar.holidays, holiday] }
      assert.ok(due(more, span(one))! >= end)
    }),
    { numRuns: 300 },
  )
})

test('it is open in exactly those minutes in which the walk sees work', () => {
  fc.assert(
    fc.property(calendars, asked, (calendar, { start }) => {
      for (let at = start; at < start + 1440 * minute; at += 15 * minute)
        assert.equal(isOpen(calendar, new Date(at)), works(calendar, at), iso(at))
    }),
    { numRuns: 100 },
  )
})
