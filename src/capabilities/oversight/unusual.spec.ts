import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReadingHour, unusualIn, unusualRules } from './unusual.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour))
const hour = (change: Partial<ReadingHour>): ReadingHour => ({
  account: 'a',
  hour: at(10),
  cases: 0,
  night: 0,
  searches: 0,
  refused: 0,
  ...change,
})
const kinds = (hours: ReadingHour[], since = at(9)) => unusualIn(hours, since).map(one => one.kind)

test('many cases in an hour are unusual only against the person’s own usual', () => {
  const many = hour({ cases: 12 })
  assert.deepEqual(kinds([many]), ['many-cases'])
  assert.deepEqual(kinds([hour({ cases: 9 })]), [])
  const busy = [5, 6, 7].map(each => hour({ hour: at(each), cases: 11 }))
  assert.deepEqual(kinds([...busy, many]), [])
  assert.deepEqual(kinds([...busy.map(one => ({ ...one, account: 'b' })), many]), ['many-cases'])
})

test('what lies before the time asked about is only what is usual', () => {
  assert.deepEqual(kinds([hour({ hour: at(8), cases: 40, night: 9, searches: 99 })]), [])
})

test('reading at night, many searches and many refusals are told, from the number that the rule names', () => {
  const { least } = unusualRules['at-night']
  assert.deepEqual(kinds([hour({ night: least })]), ['at-night'])
  assert.deepEqual(kinds([hour({ night: least - 1 })]), [])
  assert.deepEqual(kinds([hour({ searches: unusualRules['many-searches'].least })]), ['many-searches'])
  assert.deepEqual(kinds([hour({ searches: unusualRules['many-searches'].least - 1 })]), [])
  assert.deepEqual(kinds([hour({ refused: unusualRules['many-refused'].least })]), ['many-refused'])
  assert.deepEqual(kinds([hour({ refused: unusualRules['many-refused'].least - 1 })]), [])
})

test('the newest comes first', () => {
  const found = unusualIn([hour({ hour: at(10), night: 4 }), hour({ hour: at(12), night: 4 })], at(9))
  assert.deepEqual(
    found.map(one => one.at.getUTCHours()),
    [12, 10],
  )
})
