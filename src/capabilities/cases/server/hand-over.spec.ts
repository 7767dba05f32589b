import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../tests/harness/make.ts'
import { cases } from '../contract.ts'

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

test('a whole caseload changes hands, and with it who opens the care', async () => {
  const tobias = await harness.as('tobias')
  const dalia = await harness.as('dalia')
  const bastien = await harness.as('bastien')
  const ids = [await openedCase(harness), await openedCase(harness), await openedCase(harness)]
  for (const id of ids) {
    const { version } = await tobias.call(cases.read, { params: { case: id } })
    await tobias.call(cases.assign, { params: { case: id }, version, body: { coordinator: dalia.account } })
  }
  assert.ok((await dalia.call(cases.read, { params: { case: ids[0]! } })).notes)
  const { moved } = await tobias.call(cases.handOver, {
    params: { account: dalia.account },
    body: { to: bastien.account },
  })
  assert.equal(moved, 3)
  assert.equal((await dalia.fetch(`/api/cases/${ids[0]}`)).status, 404)
  assert.ok((await bastien.call(cases.read, { params: { case: ids[0]! } })).notes)
  const mine = await bastien.call(cases.list, { query: { mine: 'yes' } })
  assert.equal(mine.items.length, 3)
})

test('a caseload goes to a coordinator of the unit and nobody else', async () => {
  const tobias = await harness.as('tobias')
  const dalia = await harness.as('dalia')
  const celeste = await harness.as('celeste')
  const answer = await tobias
    .call(cases.handOver, { params: { account: dalia.account }, body: { to: celeste.account } })
    .catch((error: { code: string }) => error.code)
  assert.equal(answer, 'invalid-input')
})
