import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../problem/problem.ts'
import { checkEdge } from './edge.ts'

const codesOf = (value: unknown): string[] => {
  try {
    checkEdge(value)
    return []
  } catch (error) {
    assert.ok(error instanceof Problem)
    return error.fields.map(one => `${one.field}:${one.code}`)
  }
}

test('what no text may hold is refused and named', () => {
  assert.deepEqual(codesOf({ a: 'x\u0000y' }), ['a:control-character'])
  assert.deepEqual(codesOf({ a: { b: ['ok', '\ud800'] } }), ['a.b.1:ill-formed'])
  assert.deepEqual(codesOf({ a: 'e\u0301' }), ['a:not-nfc'])
  assert.deepEqual(codesOf({ a: 'two\nlines\tand a tab' }), [])
})

test('a heap of marks is refused before it is composed, which would take minutes', () => {
  assert.deepEqual(codesOf({ a: `a${'\u0315\u0300'.repeat(300_000)}` }), ['a:ill-formed'])
  assert.deepEqual(codesOf({ [`a${'\u0315\u0300'.repeat(300_000)}`]: 1 }), ['body:unknown-field'])
  assert.deepEqual(codesOf({ a: `q${'\u0323'.repeat(30)}` }), [])
})

test('text that shows as another is refused', () => {
  for (const mark of ['\u202e', '\u2066', '\u2028', '\u0085'])
    assert.deepEqual(codesOf({ a: `name${mark}x` }), ['a:control-character'])
  assert.deepEqual(codesOf({ a: 'مرحبا، كيف يمكننا المساعدة؟' }), [])
})

test('numbers that cannot be kept as they are are refused', () => {
  assert.deepEqual(codesOf(JSON.parse('{"a":1e400}')), ['a:number'])
  assert.deepEqual(codesOf({ a: 2 ** 53 }), ['a:number'])
  assert.deepEqual(codesOf({ a: 0.1 }), [])
})

test('depth, keys and prototypes are bounded', () => {
  let deep: unknown = 'x'
  for (let i = 0; i < 10_000; i++) deep = { a: deep }
  assert.match(codesOf(deep)[0]!, /:too-deep$/)
  const wide = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`k${i}`, 1]))
  assert.deepEqual(codesOf(wide), ['body:too-many'])
  assert.deepEqual(codesOf(JSON.parse('{"__proto__":{"a":1}}')), ['body:unknown-field'])
})

test('a value that passes is never changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const before = JSON.stringify(value)
      codesOf(value)
      assert.equal(JSON.stringify(value), before)
    }),
  )
})
