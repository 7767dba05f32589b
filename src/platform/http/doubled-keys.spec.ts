import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkEdge } from '../contract/edge.ts'
import { countKeys, doubledKeys } from './doubled-keys.ts'

const fields = (json: string): string[] => {
  JSON.parse(json)
  return doubledKeys(json).map(one => one.field)
}

test('a key that stands twice in one object is named by its dotted path', () => {
  assert.deepEqual(fields('{"a":1,"a":1}'), ['a'])
  assert.deepEqual(fields('{"a":1,"b":{"c":[{},{"d":1,"e":"}","d":2}]}}'), ['b.c.1.d'])
  assert.deepEqual(fields('[[1,{"x":1,"x":2}],{"x":1}]'), ['0.1.x'])
  assert.deepEqual(fields('{"a":{"b":1,"b":2},"a":[{"b":1}]}'), ['a.b', 'a'])
  assert.deepEqual(fields('{"a":1,"\\u0061" \n : 2}'), ['a'])
  assert.deepEqual(fields('{"":1,"":2}'), ['body'])
})

test('the same key in two objects, and what looks like a key inside a text, is no double', () => {
  for (const json of [
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"\\"a\\":1,","b":"a"}',
    '{"a":"\\\\","b":["a","a"]}',
    '"a"',
    '1',
  ]) {
    assert.deepEqual(fields(json), [], json)
    assert.equal(countKeys(json), checkEdge(JSON.parse(json)), json)
  }
})

test('a name that cannot be shown is named by what holds it, and twenty are enough', () => {
  assert.deepEqual(fields('{"a":{"\\ud800":1,"\\ud800":2}}'), ['a'])
  const long = 'x'.repeat(1000)
  assert.deepEqual(fields(`{"a":{"${long}":1,"${long}":2}}`), ['a'])
  const many = Array.from({ length: 50 }, (_, i) => `"k${i}":1,"k${i}":2`).join()
  assert.equal(fields(`{${many}}`).length, 20)
})

test('what hides behind a double is no reason to fail: depth, length, backslashes', () => {
  const deep = 10_000
  assert.deepEqual(fields(`{"a":${'['.repeat(deep)}${']'.repeat(deep)},"a":1}`), ['a'])
  assert.deepEqual(fields(`{"a":${'{"b":'.repeat(deep)}1${'}'.repeat(deep)},"a":1}`), ['a'])
  assert.deepEqual(fields(`{"a":"${'\\\\'.repeat(200_000)}","a":"${'\\"'.repeat(200_000)}"}`), ['a'])
})

test('no text without doubles is counted as one with them, however it is written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t', ' \n'), (value, space) => {
      const json = JSON.stringify(value, null, space)
      // JSON.parse makes every key an own one, "__proto__" too; all of them are counted.
      const keysOf = (one: unknown): number =>
        one === null || typeof one !== 'object'
          ? 0
          : (Array.isArray(one) ? 0 : Object.keys(one).length) +
            Object.values(one).reduce((sum: number, child) => sum + keysOf(child), 0)
      assert.equal(countKeys(json), keysOf(JSON.parse(json)))
      assert.deepEqual(doubledKeys(json), [])
    }),
  )
})
