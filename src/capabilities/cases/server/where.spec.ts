import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { kept, keptCase, openedCase } from '../../../../tests/harness/make.ts'
import { people } from '../../../../tools/demonstration/people.ts'
import { cases } from '../contract.ts'
import { charge } from '../contract-charge.ts'
import { where } from '../contract-where.ts'

let harness: Harness
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const shownIn = async (id: string) =>
  (
    await truth.query(
      `select actor_id, body::jsonb as body from audit.event where case_id = $1 and body::jsonb ->> 'event' = 'case.where-shown' order by at`,
      [id],
    )
  ).rows

test('the case as a whole says that a place is written down, and not which', async () => {
  const { id } = await keptCase(harness)
  const dalia = await harness.as('dalia')
  const shown = await dalia.call(cases.read, { params: { case: id } })
  assert.equal(shown.locationVersion, 1)
  assert.ok(!JSON.stringify(shown).includes(kept.place))
  assert.deepEqual(await shownIn(id), [])
  const file = await (await dalia.fetch(`/api/cases/${id}/file`)).text()
  assert.ok(!file.includes(kept.place))
})

test('who is in charge is told where when they ask, and each time is written down with its purpose', async () => {
  const { id } = await keptCase(harness)
  const dalia = await harness.as('dalia')
  for (const times of [1, 2]) {
    assert.deepEqual(await dalia.call(where.read, { params: { case: id } }), { text: kept.place, version: 1 })
    const events = await shownIn(id)
    assert.equal(events.length, times)
    assert.ok(events.every(one => one.actor_id === dalia.account && one.body.purpose === 'assistance'))
    assert.ok(!JSON.stringify(events).includes(kept.place))
  }
})

test('to everybody else it is as if there were no such case', async () => {
  const { id } = await keptCase(harness)
  let asked = 0
  for (const { key } of people) {
    if (key === 'dalia') continue
    const somebody = await harness.as(key)
    const refused = (error: Refusal) => error.code === 'not-found'
    await assert.rejects(somebody.call(where.read, { params: { case: id } }), refused, key)
    asked += 1
  }
  assert.ok(asked > 10)
})

test('whoever gave the case away is told no more, and who has it now is', async () => {
  const { id } = await keptCase(harness)
  const params = { case: id }
  const [tobias, dalia, bastien] = await Promise.all((['tobias', 'dalia', 'bastien'] as const).map(harness.as))
  const { version } = await tobias!.call(cases.read, { params })
  await tobias!.call(charge.assign, { params, version, body: { coordinator: bastien!.account } })
  assert.equal((await bastien!.call(where.read, { params })).text, kept.place)
  await assert.rejects(dalia!.call(where.read, { params }), (error: Refusal) => error.code === 'not-found')
})

test('nothing written down is an answer too', async () => {
  const id = await openedCase(harness)
  const params = { case: id }
  const [tobias, dalia] = await Promise.all((['tobias', 'dalia'] as const).map(harness.as))
  const { version } = await tobias!.call(cases.read, { params })
  await tobias!.call(charge.assign, { params, version, body: { coordinator: dalia!.account } })
  assert.deepEqual(await dalia!.call(where.read, { params }), { text: null, version: 0 })
})
