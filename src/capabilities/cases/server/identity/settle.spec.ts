import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { charge } from '../../contract-charge.ts'
import { edit, fieldsOf, of, settle, value, waiting } from './make.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let kofi: Persona
let tobias: Persona
let dalia: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
  kofi = await harness.as('kofi')
  tobias = await harness.as('tobias')
  dalia = await harness.as('dalia')
  ines = await harness.as('ines')
})
after(async () => {
  await owner.end()
  await harness.stop()
})

test('a conflict of a conflict: a third value waits beside the second, each is settled by itself', async () => {
  const id = await openedCase(harness)
  await tobias.call(charge.assign, {
    ...of(id),
    version: (await tobias.call(cases.read, of(id))).version,
    body: { coordinator: dalia.account },
  })
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  await edit(dalia, id, 'age', 36, 'v1')
  const [second, third] = await waiting(dalia, id)
  assert.deepEqual([second?.came.value, third?.came.value], [33, 36])
  await settle(dalia, id, second!.id, 'age', 33, second!.stands!.version)
  const [left, ...more] = await waiting(marisol, id)
  assert.deepEqual(more, [])
  assert.deepEqual(
    [left?.id, left?.came.value, left?.stands?.value, left?.stands?.by],
    [third!.id, 36, 33, dalia.account],
  )
  await settle(marisol, id, third!.id, 'age', 35, left!.stands!.version)
  assert.equal(await value(tobias, id, 'age'), 35)
  assert.deepEqual(await waiting(tobias, id), [])
})

test('a conflict is settled with the one, with the other, or with something else, and is gone for everybody', async () => {
  for (const chosen of ['+999 555 0001', '+999 555 0002', '+999 555 0003', null]) {
    const id = await openedCase(harness)
    await edit(tobias, id, 'phone', '+999 555 0001', 'v1')
    await edit(marisol, id, 'phone', '+999 555 0002', 'v1')
    const [one] = await waiting(marisol, id)
    const as = uuidv7()
    const done = await settle(marisol, id, one!.id, 'phone', chosen, one!.stands!.version, as)
    assert.deepEqual(done.conflicts, [])
    for (const by of [marisol, tobias]) {
      assert.equal(await value(by, id, 'phone'), chosen)
      assert.deepEqual(await waiting(by, id), [])
      assert.ok(!(await by.call(cases.myConflicts, { query: {} })).items.some(each => each.case === id))
    }
    // Nothing of what did not stand is left.
    const { rows } = await owner.query('select sealed, settled_by from cases.identity_conflict where id = $1', [
      one!.id,
    ])
    assert.deepEqual(rows, [{ sealed: null, settled_by: marisol.account }])
    const { timeline } = await tobias.call(cases.read, of(id))
    assert.equal(timeline.filter(each => each.event === 'case.conflict-settled').length, 1)
  }
})

test('two settle one conflict differently: the second choice is not lost and does not win', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const [one] = await waiting(marisol, id)
  const base = one!.stands!.version
  // Kept as it stands: that is a choice too.
  await settle(tobias, id, one!.id, 'age', 30, base)
  assert.deepEqual((await settle(marisol, id, one!.id, 'age', 33, base)).conflicts, ['age'])
  const [again, ...more] = await waiting(tobias, id)
  assert.deepEqual([again?.id, again?.came.value, again?.stands?.value, more.length], [one!.id, 33, 30, 0])
  assert.equal(again?.came.by, marisol.account)
})

test('two settle one conflict alike: it is settled, and stays so', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const [one] = await waiting(marisol, id)
  await settle(tobias, id, one!.id, 'age', 33, one!.stands!.version)
  assert.deepEqual((await settle(marisol, id, one!.id, 'age', 33, one!.stands!.version)).conflicts, [])
  assert.deepEqual(await waiting(tobias, id), [])
})

test('settled while the field moved again: the conflict goes on with the choice and what stands', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const [one] = await waiting(marisol, id)
  await edit(tobias, id, 'age', 31, one!.stands!.version)
  assert.deepEqual((await settle(marisol, id, one!.id, 'age', 33, one!.stands!.version)).conflicts, ['age'])
  const [still] = await waiting(marisol, id)
  assert.deepEqual([still?.id, still?.came.value, still?.stands?.value], [one!.id, 33, 31])
  assert.deepEqual((await settle(marisol, id, one!.id, 'age', 33, still!.stands!.version)).conflicts, [])
  assert.equal(await value(tobias, id, 'age'), 33)
})

test('the standing value is changed to what waits: there is nothing left to settle', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const [one] = await waiting(tobias, id)
  await edit(tobias, id, 'age', 33, one!.stands!.version)
  assert.deepEqual(await waiting(marisol, id), [])
})

test('a conflict is settled in its own field and its own case', async () => {
  const id = await openedCase(harness)
  const other = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const [one] = await waiting(marisol, id)
  assert.deepEqual(await fieldsOf(settle(tobias, id, one!.id, 'phone', null, 'v1')), [['edit.field', 'wrong']])
  await assert.rejects(settle(tobias, other, one!.id, 'age', 33, 'v1'), { code: 'not-found' })
  await assert.rejects(settle(tobias, id, uuidv7(), 'age', 33, 'v1'), { code: 'not-found' })
  await assert.rejects(settle(kofi, id, one!.id, 'age', 33, 'v1'), { code: 'not-found' })
  await assert.rejects(settle(ines, id, one!.id, 'age', 33, 'v1'), { code: 'not-found' })
  assert.equal((await waiting(tobias, id)).length, 1)
})

test('the inbox turns its pages, newest first, and holds what its reader may change', async () => {
  const ids: string[] = []
  for (let i = 0; i < 3; i++) {
    const id = await openedCase(harness)
    await edit(marisol, id, 'age', 30, 'v1')
    await edit(tobias, id, 'age', 31, 'v1')
    ids.unshift(id)
  }
  const first = await tobias.call(cases.myConflicts, { query: { limit: '2' } })
  assert.deepEqual(
    first.items.map(one => one.case),
    ids.slice(0, 2),
  )
  const next = await tobias.call(cases.myConflicts, { query: { limit: '2', after: first.next! } })
  assert.equal(next.items[0]?.case, ids[2])
  for (const by of [kofi, dalia])
    assert.ok(!(await by.call(cases.myConflicts, { query: {} })).items.some(one => ids.includes(one.case)))
  await assert.rejects(ines.call(cases.myConflicts, { query: {} }), { code: 'not-found' })
})

test('no value of a conflict stands in the clear', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'knownAs', 'Gulliver Planted', null)
  await edit(marisol, id, 'knownAs', 'Lemuel Planted', null)
  const { rows } = await owner.query('select t::text as text from cases.identity_conflict t where case_id = $1', [id])
  assert.equal(rows.length, 1)
  for (const planted of ['Planted', 'knownAs', Buffer.from('Planted').toString('hex')])
    assert.ok(!rows[0].text.includes(planted))
})
