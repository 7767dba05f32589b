import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { digits, token, uuidv7 } from './random.ts'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('identifiers made one after another sort in that order and never repeat', () => {
  const made = Array.from({ length: 20_000 }, () => uuidv7())
  assert.deepEqual([...made].sort(), made)
  assert.equal(new Set(made).size, made.length)
})

test('more identifiers than the counter holds in one given millisecond still grow', () => {
  const made: string[] = []
  for (let time = 1_700_000_000_000, i = 0; i < 9_000; i++) {
    made.push(uuidv7(time))
    time = Math.max(time, Number.parseInt(made.at(-1)!.replace('-', '').slice(0, 12), 16))
  }
  assert.deepEqual([...made].sort(), made)
})

test('a given time stands in the identifier and does not move the clock of others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), time => {
      const id = uuidv7(time)
      assert.match(id, shape)
      return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) === time
    }),
  )
  const now = uuidv7()
  const read = Number.parseInt(now.slice(0, 8) + now.slice(9, 13), 16)
  assert.ok(read <= Date.now() + 1_000)
})

test('a token holds as many random bytes as asked, and too short a one is refused', () => {
  assert.equal(Buffer.from(token(), 'base64url').length, 32)
  assert.match(token(), /^[\w-]{43}$/)
  assert.notEqual(token(), token())
  assert.throws(() => token(8), RangeError)
})

test('digits are digits, as many as asked, with zeros in front kept', () => {
  const made = Array.from({ length: 200 }, () => digits(20))
  for (const one of made) assert.match(one, /^\d{20}$/)
  assert.ok(made.some(one => one.startsWith('0')))
  assert.equal(new Set(made.join('')).size, 10)
})
