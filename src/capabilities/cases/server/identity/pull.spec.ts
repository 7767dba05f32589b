import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sync } from '#platform/sync/contract.ts'
import { deliver, newPhone, type Phone } from '#platform/sync/make.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { edit, made, of, read, settle, waiting } from './make.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let tobias: Persona
let phone: Phone
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
  tobias = await harness.as('tobias')
  phone = await newPhone(marisol)
})
after(async () => {
  await owner.end()
  await harness.stop()
})
/** What a phone is told of one case: its version of a kind, or nothing. */
const versionOf = async (kind: string, id: string, by = marisol, device = phone) => {
  const { visible } = await by.call(sync.pull, { query: { device: device.id } })
  const found = visible![kind]?.find(([one]) => one === id)
  if (found) assert.equal(found[2], id)
  return found?.[1]
}
const rowOf = async (kind: string, id: string, by = marisol, device = phone) =>
  (await by.call(sync.rows, { query: { device: device.id, kind, ids: id } })).items[0]?.record

test('who the person is comes to the phone of the officer who met them, as its own reading answers it, and is audited', async () => {
  const id = await made(marisol, { givenName: 'Yeferson', age: 24 })
  assert.ok(await versionOf('identity', id))
  assert.deepEqual(await rowOf('identity', id), await read(marisol, id))
  const { rows } = await owner.query('select body from audit.event where case_id = $1', [id])
  assert.equal(rows.map(one => JSON.parse(one.body)).filter(one => one.event === 'case.identity-read').length, 2)
  const kofi = await harness.as('kofi')
  const theirs = await newPhone(kofi)
  assert.equal(await versionOf('identity', id, kofi, theirs), undefined)
  assert.equal(await rowOf('identity', id, kofi, theirs), undefined)
})

test('two phones hand in an edit of one field: the second waits; what waits is settled by a parcel too', async () => {
  const id = await made(marisol, { givenName: 'Yeferson' })
  const other = await newPhone(marisol, 'the other phone')
  const parcel = (from: Phone, operation: string, body: object, params: object = {}) => {
    const key = uuidv7()
    const whole = { id: key, madeAt: new Date().toISOString(), ...body }
    return from.seal(from.content(operation, whole as Json, { key, params: { case: id, ...params } }))
  }
  const editing = (from: Phone, value: string) =>
    parcel(from, cases.editIdentity.id, { edits: [{ field: 'givenName', value, base: 'v1' }] })
  const first = await editing(phone, 'Jeferson')
  const second = await editing(other, 'Yefferson')
  // The second of them arrives twice.
  for (const [from, one] of [
    [phone, first],
    [other, second],
    [other, second],
  ] as const)
    assert.equal((await deliver(harness, from, one)).body.state, 'done')
  const [one, ...more] = await waiting(marisol, id)
  assert.deepEqual([one?.stands?.value, one?.came.value, more.length], ['Jeferson', 'Yefferson', 0])
  assert.equal(one?.stands?.version, first.id)
  const choice = await parcel(
    other,
    cases.settleConflict.id,
    { edit: { field: 'givenName', value: 'Yefferson', base: first.id } },
    { conflict: one!.id },
  )
  assert.equal((await deliver(harness, other, choice)).body.state, 'done')
  assert.deepEqual(await waiting(marisol, id), [])
  const stands = (await read(marisol, id)).fields.givenName
  assert.deepEqual([stands?.value, stands?.version], ['Yefferson', choice.id])
})

test('its version changes with an edit, with a conflict and with its end; the conflict comes and goes', async () => {
  const id = await openedCase(harness)
  const versions = [await versionOf('identity', id)]
  const moved = async () => {
    versions.push(await versionOf('identity', id))
    assert.equal(new Set(versions).size, versions.length)
  }
  assert.equal(await versionOf('conflicts', id), undefined)
  await edit(tobias, id, 'age', 30, 'v1')
  await moved()
  await edit(marisol, id, 'age', 33, 'v1')
  await moved()
  assert.ok(await versionOf('conflicts', id))
  assert.deepEqual(await rowOf('conflicts', id), await marisol.call(cases.conflicts, of(id)))
  const [one] = await waiting(marisol, id)
  await settle(tobias, id, one!.id, 'age', 33, one!.stands!.version)
  await moved()
  assert.equal(await versionOf('conflicts', id), undefined)
  assert.equal(await rowOf('conflicts', id), undefined)
})

test('what stands in a conflict changes: the phone is told', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  const before = await versionOf('conflicts', id)
  const [one] = await waiting(tobias, id)
  await edit(tobias, id, 'age', 31, one!.stands!.version)
  assert.notEqual(await versionOf('conflicts', id), before)
})

test('what an officer may no longer read leaves their phone', async () => {
  const id = await openedCase(harness)
  await edit(tobias, id, 'age', 30, 'v1')
  await edit(marisol, id, 'age', 33, 'v1')
  await owner.query(`delete from policy.case_access where case_id = $1 and basis = 'own'`, [id])
  for (const kind of ['identity', 'conflicts']) {
    assert.equal(await versionOf(kind, id), undefined)
    assert.equal(await rowOf(kind, id), undefined)
  }
})

test('intake keeps who they met themselves, as long as they may change it', async () => {
  const theirs = await newPhone(tobias)
  const id = await made(tobias, { givenName: 'Lorna' })
  assert.ok(await versionOf('identity', id, tobias, theirs))
  await tobias.call(cases.open, { ...of(id), version: 1, body: {} })
  assert.ok(await versionOf('identity', id, tobias, theirs))
  assert.deepEqual(await rowOf('identity', id, tobias, theirs), await read(tobias, id))
  assert.equal(await versionOf('identity', await openedCase(harness), tobias, theirs), undefined)
})
