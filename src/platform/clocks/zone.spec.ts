import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber, instantOf, isTimeZone, localDay, offsetAt, weekday } from './zone.ts'

const at = (text: string) => Date.parse(text)
const minute = (hours: number, minutes = 0) => hours * 60 + minutes

test('an offset is that of the zone at that instant', () => {
  assert.equal(offsetAt('America/Port_of_Spain', at('2026-07-01T00:00:00Z')), -4 * 3_600_000)
  assert.equal(offsetAt('Asia/Kathmandu', at('2026-07-01T00:00:00.500Z')), 345 * 60_000)
  assert.equal(offsetAt('America/New_York', at('2026-07-01T00:00:00Z')), -4 * 3_600_000)
  assert.equal(offsetAt('America/New_York', at('2026-12-01T00:00:00Z')), -5 * 3_600_000)
})

test('a local day begins at local midnight', () => {
  assert.equal(localDay('America/Port_of_Spain', at('2027-01-01T03:59:59.999Z')), dayNumber('2026-12-31'))
  assert.equal(localDay('America/Port_of_Spain', at('2027-01-01T04:00:00Z')), dayNumber('2027-01-01'))
  assert.equal(localDay('Pacific/Auckland', at('2026-12-31T11:00:00Z')), dayNumber('2027-01-01'))
})

test('weekdays are numbered from Monday', () => {
  assert.deepEqual(['2026-11-23', '2026-11-28', '2026-11-29', '1969-12-31'].map(dayNumber).map(weekday), [1, 6, 7, 3])
})

test('a date that does not exist is refused', () => {
  for (const date of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-11-31']) {
    assert.throws(() => dayNumber(date), RangeError, date)
  }
})

test('a minute that the clocks skip is the moment of the change', () => {
  const day = dayNumber('2026-03-08')
  assert.equal(instantOf('America/New_York', day, minute(2, 30)), at('2026-03-08T07:00:00Z'))
  assert.equal(instantOf('America/New_York', day, minute(3, 30)), at('2026-03-08T07:30:00Z'))
})

test('a minute that the clocks show twice is the first of the two', () => {
  const day = dayNumber('2026-11-01')
  assert.equal(instantOf('America/New_York', day, minute(1, 30)), at('2026-11-01T05:30:00Z'))
  assert.equal(instantOf('America/New_York', day, minute(2)), at('2026-11-01T07:00:00Z'))
})

test('a day whose midnight the clocks skip begins when they change', () => {
  assert.equal(instantOf('America/Havana', dayNumber('2026-03-08'), 0), at('2026-03-08T05:00:00Z'))
  assert.equal(instantOf('America/Havana', dayNumber('2026-03-07'), 1440), at('2026-03-08T05:00:00Z'))
})

test('a change of half an hour is followed', () => {
  assert.equal(instantOf('Australia/Lord_Howe', dayNumber('2026-10-04'), minute(2, 10)), at('2026-10-03T15:30:00Z'))
  assert.equal(instantOf('Australia/Lord_Howe', dayNumber('2026-10-04'), minute(9)), at('2026-10-03T22:00:00Z'))
})

test('an unknown zone is told from a known one', () => {
  assert.equal(isTimeZone('America/Port_of_Spain'), true)
  assert.equal(isTimeZone('America/Santa_Aurelia'), false)
})
