import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { directory } from '#capabilities/directory/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../../../../tests/harness/make.ts'
import { cases } from '../contract.ts'
import { charge, type HandOverItem, type HandOverState, itemsFor } from '../contract-charge.ts'

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

test('a whole caseload changes hands, and with it who opens the care', async () => {
  const tobias = await harness.as('tobias')
  const dalia = await harness.as('dalia')
  const bastien = await harness.as('bastien')
  const ids = [await openedCase(harness), await openedCase(harness), await openedCase(harness)]
  for (const id of ids) {
    const { version } = await tobias.call(cases.read, { params: { case: id } })
    await tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: dalia.account } })
  }
  assert.ok((await dalia.call(cases.read, { params: { case: ids[0]! } })).notes)
  const { moved } = await tobias.call(charge.handOver, {
    params: { account: dalia.account },
    body: { to: bastien.account },
  })
  assert.equal(moved, 3)
  assert.equal((await dalia.fetch(`/api/cases/${ids[0]}`)).status, 404)
  assert.ok((await bastien.call(cases.read, { params: { case: ids[0]! } })).notes)
  const mine = await bastien.call(cases.list, { query: { mine: 'yes' } })
  assert.equal(mine.items.length, 3)
})

test('whoever gives a case away has gone through everything; who comes next sees what, and the giver nothing', async () => {
  const [tobias, dalia, bastien] = await Promise.all((['tobias', 'dalia', 'bastien'] as const).map(harness.as))
  const id = await openedCase(harness)
  const params = { case: id }
  const give = async (by: Persona, to: Persona, handed?: { item: HandOverItem; state: HandOverState }[]) => {
    const { version } = await by.call(cases.read, { params })
    return by.call(charge.assign, {
      params,
      version,
      body: { coordinator: to.account, ...(handed ? { handOver: handed } : {}) },
    })
  }
  const fields = (request: Promise<unknown>) =>
    request.then(
      () => [],
      (error: Refusal) => error.fields.map(one => `${one.field} ${one.code}`),
    )
  await give(tobias!, dalia!)
  assert.deepEqual(await dalia!.call(charge.lastHandOver, { params }), { last: null })
  const all = itemsFor(false).map(item => ({ item, state: 'done' as const }))
  // Nothing said, something left open, something twice, and what is only asked of a child's case.
  assert.equal((await fields(give(dalia!, bastien!))).length, all.length)
  assert.deepEqual(await fields(give(dalia!, bastien!, [...all.slice(1), { item: all[0]!.item, state: 'not-yet' }])), [
    'handOver.0 required',
  ])
  assert.deepEqual(await fields(give(dalia!, bastien!, [...all, all[2]!])), [`handOver.${all.length}.item not-offered`])
  assert.deepEqual(await fields(give(dalia!, bastien!, [{ item: 'guardian', state: 'done' }])), [
    'handOver.0.item not-offered',
  ])
  assert.equal((await dalia!.fetch(`/api/cases/${id}`)).status, 200)
  await give(dalia!, bastien!, [{ ...all[0]!, state: 'not-needed' as never }, ...all.slice(1)])
  assert.equal((await dalia!.fetch(`/api/cases/${id}`)).status, 404)
  assert.equal((await dalia!.fetch(`/api/cases/${id}/hand-over`)).status, 404)
  const { last } = await bastien!.call(charge.lastHandOver, { params })
  assert.equal(last?.fromName, (await tobias!.call(charge.lastHandOver, { params })).last?.fromName)
  assert.deepEqual(last?.items, [{ ...all[0], state: 'not-needed' }, ...all.slice(1)])
  // Somebody who cannot be asked: intake gives it on, and what was not gone through is told.
  await give(tobias!, dalia!, [{ item: 'files', state: 'done' }])
  const next = await dalia!.call(charge.lastHandOver, { params })
  assert.deepEqual(
    next.last?.items.filter(one => one.state !== 'not-yet').map(one => one.item),
    ['files'],
  )
})

test('a case that is closed to the colleague stays, and the others go', async () => {
  const [tobias, dalia, bastien] = await Promise.all((['tobias', 'dalia', 'bastien'] as const).map(harness.as))
  const ids = [await openedCase(harness), await openedCase(harness)]
  for (const id of ids) await putInCharge(harness, id)
  const hide = (account: Persona) =>
    truth.query(
      `insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, 'conflict', gen_random_uuid(), $2)`,
      [ids[0], account.account],
    )
  await hide(bastien!)
  const give = (by: Persona) =>
    by.call(charge.handOver, { params: { account: dalia!.account }, body: { to: bastien!.account } })
  const { moved, left } = await give(dalia!)
  assert.ok(moved >= 1)
  assert.equal(left, 1)
  assert.equal((await dalia!.fetch(`/api/cases/${ids[0]}`)).status, 200)
  assert.equal((await dalia!.fetch(`/api/cases/${ids[1]}`)).status, 404)
  assert.deepEqual(await give(tobias!), { moved: 0, left: 1 })
  // Of what is closed to who asks too nothing is said.
  await hide(tobias!)
  assert.deepEqual(await give(tobias!), { moved: 0, left: 0 })
})

test('a caseload goes to a coordinator of the unit and nobody else', async () => {
  const tobias = await harness.as('tobias')
  const dalia = await harness.as('dalia')
  const celeste = await harness.as('celeste')
  const answer = await tobias
    .call(charge.handOver, { params: { account: dalia.account }, body: { to: celeste.account } })
    .catch((error: { code: string }) => error.code)
  assert.equal(answer, 'invalid-input')
})

// Last: one of the two coordinators is disabled from here on.
test('nobody who cannot sign in is put in charge of a case, and no screen offers them', async () => {
  const [tobias, dalia, bastien] = await Promise.all((['tobias', 'dalia', 'bastien'] as const).map(harness.as))
  const id = await openedCase(harness)
  const params = { case: id }
  const assign = async (to: Persona) => {
    const { version } = await tobias!.call(cases.read, { params })
    return tobias!.call(charge.assign, { params, version, body: { coordinator: to.account } })
  }
  await assign(dalia!)
  for (const status of ['disabled', 'invited']) {
    await truth.query('update auth.account set status = $2 where id = $1', [bastien!.account, status])
    const refused = (field: string) => (error: Refusal) =>
      error.code === 'invalid-input' && error.fields[0]?.field === field
    await assert.rejects(assign(bastien!), refused('coordinator'))
    const handOver = { params: { account: dalia!.account }, body: { to: bastien!.account } }
    await assert.rejects(tobias!.call(charge.handOver, handOver), refused('to'))
    const unit = await tobias!.call(directory.get, { params: { organisation: tobias!.organisation } })
    assert.deepEqual(
      unit.members.filter(one => one.role === 'coordinator').map(one => one.account),
      [dalia!.account],
    )
    // The database refuses it too, whatever the server asked before.
    await truth.query('begin')
    await truth.query(`select set_config('samaan.principals', $1, true)`, [`{${tobias!.organisation}}`])
    const given = (to: Persona) => truth.query('select policy.assign($1, $2)', [to.account, id])
    await given(dalia!)
    await assert.rejects(given(bastien!), { code: '42501' })
    await truth.query('rollback')
  }
})
