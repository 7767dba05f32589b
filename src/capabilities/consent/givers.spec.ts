import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givers } from './contract.ts'
import { asksAssent, giversOf, wrongGiver } from './givers.ts'

test('a page offers who can be written down, and the server accepts each of them', () => {
  for (const kind of ['given', 'refused', 'withdrawn'] as const)
    for (const child of [true, false]) {
      const offered = giversOf(kind, child)
      for (const givenBy of givers) {
        const said = asksAssent(child, givenBy) ? { givenBy, childAssent: false } : { givenBy }
        assert.equal(
          wrongGiver(kind, child, said).length === 0,
          offered.includes(givenBy),
          `${kind} ${child} ${givenBy}`,
        )
      }
    }
})

test('while nobody knows whether it is a child, everybody is offered and nothing is left out', () => {
  for (const kind of ['given', 'refused', 'withdrawn'] as const) assert.deepEqual(giversOf(kind, undefined), givers)
  assert.equal(asksAssent(undefined, 'guardian'), true)
  assert.equal(asksAssent(undefined, 'person'), false)
  assert.equal(asksAssent(true, ''), false)
})
