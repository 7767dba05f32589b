import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compared, merged, property, type Side } from './three-way.ts'

interface Draft {
  a: number
  b: number
  c: number
}
const names = ['a', 'b', 'c'] as const
const fields = names.map(name => property<Draft, typeof name>(name, name, String))
const draft: fc.Arbitrary<Draft> = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) })

test('of three drafts nothing that one person alone changed is lost, and of what both changed the chosen stands', () => {
  fc.assert(
    fc.property(
      draft,
      draft,
      draft,
      fc.dictionary(fc.constantFrom(...names), fc.constantFrom<Side>('mine', 'theirs')),
      (began, mine, theirs, chosen) => {
        const found = merged(fields, { began, mine, theirs }, chosen)
        const { both, came } = compared(fields, { began, mine, theirs })
        for (const name of names) {
          const [was, own, other] = [began[name], mine[name], theirs[name]]
          const clash = was !== own && was !== other && own !== other
          assert.equal(
            both.some(one => one.name === name),
            clash,
          )
          assert.equal(
            came.some(one => one.name === name),
            was === own && was !== other,
          )
          const stands = clash ? (chosen[name] === 'theirs' ? other : own) : was === own ? other : own
          assert.equal(found[name], stands)
        }
      },
    ),
  )
})
