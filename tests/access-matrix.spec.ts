import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { allow, Denied, decide, type Verdict } from '#platform/policy/decide.ts'
import { purposes } from '#platform/policy/roles.ts'
import { actorOf, MOUNTED } from './matrix/ask.ts'
import { compare } from './matrix/comparison.ts'
import { ELSEWHERE } from './matrix/elsewhere.ts'
import { EXCEPTIONS } from './matrix/exceptions.ts'
import { ENTRIES } from './matrix/operations.ts'
import { NOW } from './matrix/rows.ts'

// The product's own rules, facts and fences against an oracle whose author had not read them, over every tuple of the
// access table. See tests/matrix/README.md.

// A refusal is an answer here, and nobody reads where it was thrown.
Error.stackTraceLimit = 0

// Before the first test begins: the runner follows every promise of a test, and there are millions.
const found = await compare()
const listOf = (lines: Iterable<string>): string => `\n${[...lines].join('\n')}\n`

describe('the product and the access table', () => {
  test('agree on every tuple that nobody decided otherwise about', t => {
    t.diagnostic(JSON.stringify(found.counts))
    for (const [name, count] of found.needed) t.diagnostic(`${count} × ${name}`)
    assert.ok(found.counts.plain >= 128_520 && found.counts.compared > 590_000)
    const lines = [...found.unexplained].map(([line, tuple]) => `${line}\n    ${tuple}`)
    assert.equal(lines.length, 0, listOf(lines))
  })

  test('no exception reaches F1, F2, F6, F7, F8 or F11: they hold over every tuple', () => {
    const lines = [...found.broken].map(([rule, tuple]) => `${rule}: ${tuple}`)
    assert.equal(lines.length, 0, listOf(lines))
  })

  test('what is not built is denied whole, and would be granted', () => {
    assert.deepEqual([...found.built], [], 'it is built: take it from NOT_BUILT')
    assert.deepEqual([...found.pointless], [], 'the table grants nothing of it')
  })

  test('no exception is stale, or larger than it need be', () => {
    assert.equal(found.slack.length, 0, listOf(found.slack))
    const names = EXCEPTIONS.map(one => one.name)
    assert.deepEqual(names, [...new Set(names)])
  })

  test('whatever is wider says where the design or an issue decided so', () => {
    for (const { name, is, decided } of EXCEPTIONS)
      if (is === 'wider') assert.match(decided, /^(design §|issue \d)/, name)
  })
})

test('no operation is done for a purpose that it does not serve, whatever its rule says', () => {
  const anything = (): Verdict => allow()
  for (const [id, { operation }] of MOUNTED)
    for (const purpose of purposes) {
      const decided = () => decide(anything, operation.purpose, actorOf('intake', purpose), {}, 'fenced', NOW)
      if (operation.purpose.includes(purpose)) assert.doesNotThrow(decided, id)
      else assert.throws(decided, Denied, `${id} for ${purpose}`)
    }
})

test('every mounted operation is asked under the table, or says why it is no question of it', () => {
  for (const id of MOUNTED.keys())
    assert.ok(
      id in ENTRIES !== id in ELSEWHERE,
      `${id}: enter it in tests/matrix/operations.ts or in tests/matrix/elsewhere.ts`,
    )
  for (const id of [...Object.keys(ENTRIES), ...Object.keys(ELSEWHERE)])
    assert.ok(MOUNTED.has(id), `${id} is no operation any more`)
})
