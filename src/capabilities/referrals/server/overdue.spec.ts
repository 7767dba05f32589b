import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, openedCase } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'
import { overdue } from './overdue.ts'

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

test('a referral that nobody answers in time says so in the history, once, and is found by the filter', async () => {
  const tobias = await harness.as('tobias')
  const caseId = await openedCase(harness)
  const shelter = organisationId('samaan-house')
  const marisol = await harness.as('marisol')
  const given = consentBody([shelter])
  await marisol.call(consent.give, { params: { case: caseId }, body: given })
  const referral = uuidv7()
  await tobias.call(referrals.send, {
    body: {
      id: referral,
      case: caseId,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'emergency',
      consent: given.id,
      share: ['ID'],
    },
  })
  const connections = pool(harness.database.url('jobs'), 1, 'test-jobs')
  const run = (at: Date) => inTransaction(connections, undefined, tx => overdue.run(tx, at))
  try {
    await run(new Date())
    const later = new Date(Date.now() + 1.5 * 3_600_000)
    await run(later)
    await run(later)
    const { timeline } = await tobias.call(cases.read, { params: { case: caseId } })
    assert.equal(timeline.filter(one => one.event === 'referral.overdue').length, 1)
    harness.setNow(later)
    const celeste = await harness.as('celeste')
    const found = await celeste.call(referrals.list, { query: { box: 'inbox', overdue: 'yes' } })
    assert.deepEqual(
      found.items.map(one => one.id),
      [referral],
    )
  } finally {
    await connections.end()
  }
})
