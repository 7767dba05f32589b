import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ClockUnit, due, elapsedShare, type Pause, type Span, state, type WorkCalendar, warnsAt } from './clock.ts'

const island: WorkCalendar = {
  timeZone: 'America/Port_of_Spain',
  workingDays: [1, 2, 3, 4, 5],
  hours: [{ from: '08:00', to: '16:00' }],
  holidays: ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-29'],
}
/** Island time: four hours behind UTC, all year. */
const at = (text: string) => new Date(`${text}-04:00`)
const span = (start: string, amount: number, unit: ClockUnit, ...pauses: [string, string?][]): Span => ({
  start: at(start),
  amount,
  unit,
  pauses: pauses.map(([from, to]) => ({ from: at(from), to: to === undefined ? undefined : at(to) })),
})
const dueOf = (...given: Parameters<typeof span>) => due(island, span(...given))?.toISOString()
const utc = (text: string) => at(text).toISOString()

test('hours run through nights, week-ends and holidays', () => {
  assert.equal(dueOf('2026-12-24T15:30:00', 24, 'hours'), utc('2026-12-25T15:30:00'))
  assert.equal(dueOf('2026-12-24T15:30:00', 0.5, 'hours'), utc('2026-12-24T16:00:00'))
})

test('working hours stop at closing and go on at the next opening', () => {
  assert.equal(dueOf('2026-11-23T15:00:00', 3, 'working-hours'), utc('2026-11-24T10:00:00'))
  assert.equal(dueOf('2026-11-27T15:00:00', 2, 'working-hours'), utc('2026-11-30T09:00:00'))
})

test('a whole working day of hours ends at closing, not at the next opening', () => {
  assert.equal(dueOf('2026-11-27T08:00:00', 8, 'working-hours'), utc('2026-11-27T16:00:00'))
})

test('a start outside working hours counts from the next opening', () => {
  for (const start of ['2026-11-27T16:00:00', '2026-11-28T03:00:00', '2026-11-30T07:59:59', '2026-11-30T08:00:00']) {
    assert.equal(dueOf(start, 1, 'working-hours'), utc('2026-11-30T09:00:00'), start)
  }
})

test('working days leave out the day of the start and end at closing', () => {
  assert.equal(dueOf('2026-11-24T10:00:00', 5, 'working-days'), utc('2026-12-01T16:00:00'))
  assert.equal(dueOf('2026-11-24T23:59:00', 5, 'working-days'), utc('2026-12-01T16:00:00'))
})

test('working days that begin on a week-end count from Monday', () => {
  assert.equal(dueOf('2026-11-28T12:00:00', 1, 'working-days'), utc('2026-11-30T16:00:00'))
})

test('a holiday on a Monday is no working day', () => {
  assert.equal(dueOf('2027-03-26T09:00:00', 1, 'working-days'), utc('2027-03-30T16:00:00'))
  assert.equal(dueOf('2027-03-26T15:00:00', 2, 'working-hours'), utc('2027-03-30T09:00:00'))
})

test('a count goes over the end of the year and its holidays', () => {
  // 25 and 28 December and 1 January are holidays, so these are 29, 30, 31 December and 4, 5 January.
  assert.equal(dueOf('2026-12-24T10:00:00', 5, 'working-days'), utc('2027-01-05T16:00:00'))
  assert.equal(dueOf('2026-12-15T10:00:00', 30, 'calendar-days'), utc('2027-01-14T23:59:59.999'))
  assert.equal(dueOf('2028-02-27T10:00:00', 3, 'calendar-days'), utc('2028-03-01T23:59:59.999'))
})

test('calendar days count holidays and week-ends', () => {
  assert.equal(dueOf('2026-12-24T10:00:00', 1, 'calendar-days'), utc('2026-12-25T23:59:59.999'))
})

test('a day goes by local midnight, not by that of UTC', () => {
  // 21:00 on Monday on the island is already Tuesday in UTC.
  assert.equal(dueOf('2026-11-23T21:00:00', 1, 'working-days'), utc('2026-11-24T16:00:00'))
  assert.equal(dueOf('2026-11-23T21:00:00', 1, 'calendar-days'), utc('2026-11-24T23:59:59.999'))
})

test('a lunch break is no working time', () => {
  const withLunch: WorkCalendar = {
    ...island,
    hours: [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '16:00' },
    ],
  }
  const lateMorning = { start: at('2026-11-23T11:30:00'), amount: 1, unit: 'working-hours' } as const
  assert.equal(due(withLunch, lateMorning).toISOString(), utc('2026-11-23T13:30:00'))
})

test('where clocks go forward a night shift is an hour shorter', () => {
  const night: WorkCalendar = {
    timeZone: 'America/New_York',
    workingDays: [7],
    hours: [{ from: '00:00', to: '06:00' }],
    holidays: [],
  }
  const shift = { start: new Date('2026-03-08T05:00:00Z'), amount: 5, unit: 'working-hours' } as const
  assert.equal(due(night, shift).toISOString(), '2026-03-08T10:00:00.000Z')
  assert.equal(due(night, { ...shift, amount: 6 }).toISOString(), '2026-03-15T05:00:00.000Z')
})

test('a pause puts off the due moment by the running time it covers', () => {
  assert.equal(
    dueOf('2026-11-23T09:00:00', 4, 'hours', ['2026-11-23T10:00:00', '2026-11-23T11:30:00']),
    utc('2026-11-23T14:30:00'),
  )
  // From an hour before closing to an hour after opening: two working hours, seventeen on the wall.
  assert.equal(
    dueOf('2026-11-23T13:00:00', 4, 'working-hours', ['2026-11-23T15:00:00', '2026-11-24T09:00:00']),
    utc('2026-11-24T11:00:00'),
  )
})

test('pauses that overlap count once', () => {
  assert.equal(
    dueOf(
      '2026-11-23T09:00:00',
      4,
      'hours',
      ['2026-11-23T10:30:00', '2026-11-23T12:00:00'],
      ['2026-11-23T10:00:00', '2026-11-23T11:00:00'],
    ),
    utc('2026-11-23T15:00:00'),
  )
})

test('a day that ends within a pause does not count, one with a pause inside does', () => {
  assert.equal(
    dueOf('2026-11-23T09:00:00', 2, 'working-days', ['2026-11-24T09:00:00', '2026-11-24T11:00:00']),
    utc('2026-11-25T16:00:00'),
  )
  assert.equal(
    dueOf('2026-11-23T09:00:00', 2, 'working-days', ['2026-11-24T15:00:00', '2026-11-25T09:00:00']),
    utc('2026-11-26T16:00:00'),
  )
})

test('a pause within another adds nothing', () => {
  assert.equal(
    dueOf(
      '2026-11-23T09:00:00',
      4,
      'hours',
      ['2026-11-23T10:00:00', '2026-11-23T14:00:00'],
      ['2026-11-23T11:00:00', '2026-11-23T12:00:00'],
    ),
    utc('2026-11-23T17:00:00'),
  )
})

test('a day counts when the pause begins as it closes, and not when the pause ends then', () => {
  assert.equal(
    dueOf('2026-11-23T09:00:00', 1, 'working-days', ['2026-11-24T16:00:00', '2026-11-25T09:00:00']),
    utc('2026-11-24T16:00:00'),
  )
  assert.equal(
    dueOf('2026-11-23T09:00:00', 1, 'working-days', ['2026-11-24T10:00:00', '2026-11-24T16:00:00']),
    utc('2026-11-25T16:00:00'),
  )
})

test('with an open pause there is no due moment yet', () => {
  for (const unit of ['hours', 'working-hours', 'working-days', 'calendar-days'] as const) {
    assert.equal(dueOf('2026-11-23T09:00:00', 3, unit, ['2026-11-23T10:00:00']), undefined, unit)
    assert.equal(warnsAt(island, span('2026-11-23T09:00:00', 3, unit, ['2026-11-23T10:00:00'])), undefined, unit)
  }
})

test('a clock runs, warns at four fifths and is overdue only after its last moment', () => {
  const tenHours = span('2026-11-23T08:00:00', 10, 'hours')
  const states = ['07:00:00', '15:59:59', '16:00:00', '18:00:00', '18:00:00.001'].map(time =>
    state(island, tenHours, at(`2026-11-23T${time}`)),
  )
  assert.deepEqual(states, ['running', 'running', 'warning', 'warning', 'overdue'])
  assert.equal(warnsAt(island, tenHours)?.toISOString(), utc('2026-11-23T16:00:00'))
  assert.equal(state(island, tenHours, at('2026-11-23T14:00:00'), 0.5), 'warning')
})

test('a pause shows as paused while it lasts and leaves the share where it was', () => {
  const paused = span('2026-11-23T08:00:00', 10, 'hours', ['2026-11-23T10:00:00'])
  assert.equal(state(island, paused, at('2026-11-23T09:59:00')), 'running')
  assert.equal(state(island, paused, at('2026-11-23T10:00:00')), 'paused')
  assert.equal(state(island, paused, at('2027-11-23T10:00:00')), 'paused')
  assert.equal(elapsedShare(island, paused, at('2027-11-23T10:00:00')), 0.2)
  const ended = span('2026-11-23T08:00:00', 10, 'hours', ['2026-11-23T10:00:00', '2026-11-23T20:00:00'])
  assert.equal(state(island, ended, at('2026-11-23T20:00:00')), 'running')
  assert.equal(state(island, ended, at('2026-11-24T04:00:00.001')), 'overdue')
})

test('a pause does not rescue a clock that had run out', () => {
  const late = span('2026-11-23T08:00:00', 1, 'hours', ['2026-11-23T10:00:00'])
  assert.equal(state(island, late, at('2026-11-23T11:00:00')), 'overdue')
  assert.equal(due(island, late)?.toISOString(), utc('2026-11-23T09:00:00'))
})

test('the share of working days stands still over a week-end', () => {
  const days = span('2026-11-26T12:00:00', 2, 'working-days')
  const friday = elapsedShare(island, days, at('2026-11-27T16:00:00'))
  assert.equal(friday, 12 / 20)
  assert.equal(elapsedShare(island, days, at('2026-11-29T12:00:00')), friday)
})

test('what cannot be counted is refused', () => {
  for (const amount of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => dueOf('2026-11-23T08:00:00', amount, 'hours'), RangeError)
  assert.throws(() => dueOf('2026-11-23T08:00:00', 1.5, 'working-days'), RangeError)
  assert.throws(() => dueOf('no time', 1, 'hours'), RangeError)
  const monday = { start: at('2026-11-23T08:00:00'), amount: 1, unit: 'working-days' } as const
  assert.throws(() => due({ ...island, workingDays: [] }, monday), RangeError)
  assert.throws(() => due({ ...island, workingDays: [8] }, monday), RangeError)
  assert.throws(() => due({ ...island, hours: [] }, monday), RangeError)
  assert.throws(() => due({ ...island, hours: [{ from: '16:00', to: '08:00' }] }, monday), RangeError)
  assert.throws(() => due({ ...island, holidays: ['2026-02-30'] }, monday), RangeError)
})

// The oracle: one minute after the other, asking the wall clock each time. It shares nothing with the code above.

const minuteMs = 60_000
const walls = new Map<string, Intl.DateTimeFormat>()
function wall(zone: string, ms: number) {
  let format = walls.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    walls.set(zone, format)
  }
  const [date = '', time = ''] = format.format(ms).split(' ')
  return { date, time }
}

function worksAt(calendar: WorkCalendar, ms: number): boolean {
  const { date, time } = wall(calendar.timeZone, ms)
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7
  if (!calendar.workingDays.includes(weekday) || calendar.holidays.includes(date)) return false
  return calendar.hours.some(({ from, to }) => from <= time && time < to)
}

const isPaused = (pauses: readonly Pause[], ms: number) =>
  pauses.some(({ from, to }) => from.getTime() <= ms && (to === undefined || ms < to.getTime()))

function naiveDue(calendar: WorkCalendar, { start, amount, unit, pauses = [] }: Span): number {
  const works = (ms: number) => unit === 'hours' || worksAt(calendar, ms)
  let minute = start.getTime()
  if (unit === 'hours' || unit === 'working-hours') {
    for (let left = amount * 60; ; minute += minuteMs) {
      if (works(minute) && !isPaused(pauses, minute)) left -= 1
      if (left === 0) return minute + minuteMs
    }
  }
  const firstDay = wall(calendar.timeZone, minute).date
  let left = amount
  let lastWorked: number | undefined
  for (; ; minute += minuteMs) {
    const { date } = wall(calendar.timeZone, minute)
    if (unit === 'working-days' && date !== firstDay && worksAt(calendar, minute)) lastWorked = minute
    if (wall(calendar.timeZone, minute + minuteMs).date === date) continue
    // This minute is the last of its day.
    const end = unit === 'working-days' ? lastWorked : minute
    lastWorked = undefined
    if (end === undefined || date === firstDay || isPaused(pauses, end)) continue
    left -= 1
    if (left === 0) return unit === 'working-days' ? end + minuteMs : end + minuteMs - 1
  }
}

const zones = [
  'America/Port_of_Spain',
  'America/New_York',
  'America/Havana',
  'Europe/London',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
]
// Around the changes of the clocks, the ends of the years and an ordinary week.
const seasons = ['2026-03-05', '2026-03-26', '2026-10-01', '2026-10-22', '2026-10-30', '2026-12-22', '2027-06-01']
const dates = seasons.flatMap(from =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(n => new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10)),
)

const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  timeZone: fc.constantFrom(...zones),
  workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 3, maxLength: 7 }),
  hours: fc.constantFrom(
    [{ from: '08:00', to: '16:00' }],
    [
      { from: '07:30', to: '11:45' },
      { from: '13:00', to: '16:15' },
    ],
    [{ from: '05:00', to: '24:00' }],
  ),
  holidays: fc.uniqueArray(fc.constantFrom(...dates), { maxLength: 6 }),
})

const spans: fc.Arbitrary<Span & { pauses: { from: Date; to: Date }[] }> = fc
  .record({
    season: fc.constantFrom(...seasons),
    minute: fc.integer({ min: 0, max: 4 * 1440 }),
    unit: fc.constantFrom<ClockUnit>('hours', 'working-hours', 'working-days', 'calendar-days'),
    hours: fc.integer({ min: 1, max: 30 }),
    days: fc.integer({ min: 1, max: 4 }),
    pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 2000 })), { maxLength: 2 }),
  })
  .map(({ season, minute, unit, hours, days, pauses }) => {
    const start = Date.parse(season) + minute * minuteMs
    return {
      start: new Date(start),
      unit,
      amount: unit.endsWith('hours') ? hours : days,
      pauses: pauses.map(([after, length]) => {
        const from = start + after * minuteMs
        return { from: new Date(from), to: new Date(from + length * minuteMs) }
      }),
    }
  })

test('the due moment is that of a count minute by minute', () => {
  fc.assert(
    fc.property(calendars, spans, (calendar, given) => {
      assert.equal(due(calendar, given).toISOString(), new Date(naiveDue(calendar, given)).toISOString())
    }),
    { numRuns: 150 },
  )
})

test('the share never falls, is one when due, and the states agree with it', () => {
  fc.assert(
    fc.property(
      calendars,
      spans,
      fc.array(fc.integer({ min: -600, max: 9000 }), { minLength: 2, maxLength: 6 }),
      (calendar, given, minutes) => {
        const end = due(calendar, given)
        assert.equal(elapsedShare(calendar, given, end), 1)
        assert.notEqual(state(calendar, given, end), 'overdue')
        assert.equal(state(calendar, given, new Date(end.getTime() + 1)), 'overdue')
        const warned = warnsAt(calendar, given)!
        assert.ok(warned > given.start && warned <= end)
        const nows = minutes.sort((a, b) => a - b).map(minute => new Date(given.start.getTime() + minute * minuteMs))
        let last = 0
        for (const now of nows.filter(now => !isPaused(given.pauses, now.getTime()))) {
          const expected = now > end ? 'overdue' : now >= warned ? 'warning' : 'running'
          const known = given.pauses.filter(({ from }) => from <= now)
          // A clock knows only what has happened: a pause that is still to come moves the due moment later.
          if (known.length === given.pauses.length) assert.equal(state(calendar, given, now), expected)
          const share = elapsedShare(calendar, { ...given, pauses: [] }, now)
          assert.ok(share >= last)
          last = share
        }
      },
    ),
    { numRuns: 150 },
  )
})
