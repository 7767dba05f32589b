import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isChild, wrongBirth } from './age.ts'

const today = '2026-11-22'
const child = (told: Parameters<typeof isChild>[0], at = today) => isChild(told, at, 18)

test('an age under the country’s makes a child', () => {
  assert.deepEqual(
    [0, 9, 17, 18, 40].map(age => child({ age })),
    [true, true, true, false, false],
  )
  assert.equal(isChild({ age: 18 }, today, 21), true)
})

test('a day of birth makes a child until the birthday itself', () => {
  assert.equal(child({ birthDate: '2015-03-01' }), true)
  assert.equal(child({ birthDate: '2008-11-23' }), true)
  assert.equal(child({ birthDate: '2008-11-22' }), false)
  assert.equal(child({ birthDate: '2008-02-29' }, '2026-02-28'), true)
  assert.equal(child({ birthDate: '2008-02-29' }, '2026-03-01'), false)
})

test('where the age and the day of birth disagree the person is a child', () => {
  assert.equal(child({ age: 30, birthDate: '2015-03-01' }), true)
  assert.equal(child({ age: 9, birthDate: '1980-03-01' }), true)
})

test('nothing known of the age makes nobody a child', () => {
  assert.equal(child({}), false)
})

test('nobody is born tomorrow, or is older than 120', () => {
  assert.equal(wrongBirth('2026-11-23', today), 'future')
  assert.equal(wrongBirth('2026-11-22', today), undefined)
  assert.equal(wrongBirth('1906-11-22', today), undefined)
  assert.equal(wrongBirth('1906-11-21', today), 'too-old')
})
