import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { many, only, run } from './phones/run.ts'

// The phone's core over a bad network, against a model of the server: many schedules in little time. The same against
// the real server is in phones-server.spec.ts.

describe('phones on a bad network', () => {
  test('converge, lose nothing, do nothing twice and keep nothing after their end', async t => {
    const { total, notes } = await run('model', 1, many(1000))
    for (const note of notes) t.diagnostic(note)
    assert.equal(total.schedules, many(1000))
    // A run in which nothing of a kind happened proves nothing of that kind.
    if (total.schedules >= 100) for (const [name, count] of Object.entries(total)) assert.ok(count > 0, name)
  })

  test('the same, sealed as on a real phone', { skip: only !== undefined }, async t => {
    for (const note of (await run('model-with-age', 100_001, 10)).notes) t.diagnostic(note)
  })
})
