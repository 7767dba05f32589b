import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { many, run } from './phones/run.ts'

// The phone's core over a bad network, against the real server: its pipeline, its PostgreSQL, its audit, its
// folder of files. SAMAAN_FULL=1 plays five hundred schedules.
const usual = process.env.SAMAAN_FULL === '1' ? 500 : 100

describe('phones on a bad network, with the real server', () => {
  test('what is acknowledged is done once and whole, copies converge, nothing opens after its end', {
    timeout: 3_600_000,
  }, async t => {
    const { total, notes } = await run('server', 1, many(usual))
    for (const note of notes) t.diagnostic(note)
    assert.equal(total.schedules, many(usual))
    // A run in which nothing of a kind happened proves nothing of that kind.
    if (total.schedules >= 50) for (const [name, count] of Object.entries(total)) assert.ok(count > 0, name)
  })
})
