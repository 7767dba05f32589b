import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { screening } from '#capabilities/screening/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { assignmentId } from '../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { sync } from '../contract.ts'
import { deliver, idsOf, newPhone, type Phone } from '../make.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let silas: Persona
let phone: Phone
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
  silas = await harness.as('silas')
})
after(async () => {
  await owner.end()
  await harness.stop()
})
beforeEach(async () => {
  await owner.query('update sync.device set revoked_at = now(), revoked_by = account_id where revoked_at is null')
  phone = await newPhone(marisol)
})
const rowOf = async (id: string) => (await owner.query('select * from sync.parcel where id = $1', [id])).rows[0]
const waiting = async (by: Persona) => (await by.call(sync.listQuarantine, { query: { limit: '100' } })).items
/** A parcel that was finished on a phone which was ended before it arrived. */
async function late(from = phone, by = marisol, change = {}) {
  const parcel = await from.screening(change)
  await by.call(sync.revoke, { params: { device: from.id } })
  const answer = await deliver(harness, from, parcel)
  assert.deepEqual(answer.body, { id: parcel.id, state: 'quarantined', code: 'revoked' })
  return parcel
}
const at = (parcel: { id: string }, device = phone.id) => ({ params: { device, parcel: parcel.id } })

test('what a revoked phone sends waits for a person; what it sent before was done, and is still said to be', async () => {
  const before = await phone.screening()
  await deliver(harness, phone, before)
  const parcel = await late()
  assert.equal((await deliver(harness, phone, before)).body.state, 'done')
  await assert.rejects(marisol.call(screening.read, { params: { screening: idsOf(parcel).id } }), { code: 'not-found' })
  assert.equal((await rowOf(parcel.id)).sealed.toString('base64url'), parcel.sealed)
})

test('a supervisor of the organisation sees who, when and which operation, and nothing that was said', async () => {
  const parcel = await late(phone, marisol, { story: 'Zanahoria bajo la lluvia' })
  const item = (await waiting(silas)).find(one => one.id === parcel.id)!
  assert.deepEqual(Object.keys(item).sort(), ['code', 'device', 'id', 'maker', 'operation', 'receivedAt'])
  assert.deepEqual(
    { ...item, receivedAt: '' },
    {
      id: parcel.id,
      device: phone.id,
      maker: { id: marisol.account, name: 'Marisol Prentice' },
      operation: 'screening.record',
      code: 'revoked',
      receivedAt: '',
    },
  )
})

test('what waits goes on waiting when it comes again and is refused, and is not replaced by another wording', async () => {
  const body = await phone.screening({ signs: ['no-such-sign'] })
  const earlier = await phone.screening({ worried: false }, { key: body.id })
  const end = (until: string) =>
    owner.query('update auth.assignment set until = $2 where id = $1', [assignmentId('marisol'), until])
  await end('now')
  try {
    assert.equal((await deliver(harness, phone, body)).body.state, 'quarantined')
  } finally {
    await end('infinity')
  }
  // The phone was told so, and has forgotten it.
  for (const parcel of [earlier, body]) assert.equal((await deliver(harness, phone, parcel)).body.state, 'quarantined')
  const row = await rowOf(body.id)
  assert.deepEqual(
    [row.state, row.code, row.sealed.toString('base64url')],
    ['quarantined', 'invalid-input', body.sealed],
  )
  assert.ok((await waiting(silas)).some(one => one.id === body.id))
})

test('released, it is done as its maker, once, and the supervisor still cannot read it', async () => {
  const parcel = await late()
  const key = uuidv7()
  const answer = await silas.call(sync.release, { ...at(parcel), key })
  assert.deepEqual(answer, { id: parcel.id, state: 'done' })
  assert.deepEqual(await silas.call(sync.release, { ...at(parcel), key }), answer)
  await assert.rejects(silas.call(sync.release, at(parcel)), { code: 'not-found' })
  const { id, case: caseId } = idsOf(parcel)
  assert.equal((await marisol.call(screening.read, { params: { screening: id } })).case, caseId)
  await assert.rejects(silas.call(screening.read, { params: { screening: id } }), { code: 'not-found' })
  const events = (await owner.query('select body from audit.event order by id')).rows.map(row => JSON.parse(row.body))
  const done = events.find(one => one.case === caseId && one.operation === 'screening.record')
  assert.deepEqual([done.actor, done.role, done.device], [marisol.account, 'officer', phone.id])
  const released = events.find(one => one.operation === 'sync.release' && one.device === phone.id)
  assert.deepEqual([released.actor, released.role, released.reason], [silas.account, 'supervisor', 'done'])
  const row = await rowOf(parcel.id)
  assert.deepEqual([row.state, row.sealed, row.decided_by], ['done', null, silas.account])
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'done')
})

test('when the server dies after the release was done and before it was noted, it can be released again, and is done once', async () => {
  const parcel = await late()
  await owner.query(`create function sync.fail() returns trigger language plpgsql as $$ begin
    raise exception using errcode = '57P01', message = 'away'; end $$;
    create trigger fail before update on sync.parcel for each row execute function sync.fail()`)
  await assert.rejects(silas.call(sync.release, at(parcel)), { code: 'busy' })
  await owner.query('drop function sync.fail() cascade')
  assert.equal((await rowOf(parcel.id)).state, 'quarantined')
  assert.equal((await silas.call(sync.release, at(parcel))).state, 'done')
  const { rows } = await owner.query('select 1 from screening.screening where id = $1', [idsOf(parcel).id])
  assert.equal(rows.length, 1)
})

test('a release that is refused leaves it waiting, with the reason', async () => {
  const parcel = await late(phone, marisol, { signs: ['no-such-sign'] })
  const answer = await silas.call(sync.release, at(parcel))
  assert.deepEqual(answer, {
    id: parcel.id,
    state: 'quarantined',
    code: 'invalid-input',
    fields: [{ field: 'signs.0', code: 'choice' }],
  })
  assert.equal((await waiting(silas)).find(one => one.id === parcel.id)?.code, 'invalid-input')
})

test('nobody releases in a role that is over', async () => {
  const parcel = await late()
  await owner.query('update auth.assignment set until = now() where id = $1', [assignmentId('marisol')])
  await assert.rejects(silas.call(sync.release, at(parcel)), { code: 'not-now' })
  await owner.query(`update auth.assignment set until = 'infinity' where id = $1`, [assignmentId('marisol')])
  assert.equal((await rowOf(parcel.id)).state, 'quarantined')
})

test('discarded, it is gone, and the phone is only told that somebody looked', async () => {
  const parcel = await late()
  assert.deepEqual(await silas.call(sync.discard, at(parcel)), { id: parcel.id, state: 'discarded' })
  assert.equal((await rowOf(parcel.id)).sealed, null)
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'quarantined')
  assert.equal(
    (await waiting(silas)).some(one => one.id === parcel.id),
    false,
  )
  await assert.rejects(silas.call(sync.release, at(parcel)), { code: 'not-found' })
})

test('nobody decides about their own, nor about another organisation’s', async () => {
  const kofi = await harness.as('kofi')
  const theirs = await newPhone(kofi)
  const foreign = await late(theirs, kofi)
  const own = await late()
  await owner.query('update sync.device set account_id = $1 where id = $2', [silas.account, phone.id])
  const seen = (await waiting(silas)).map(one => one.id)
  for (const [parcel, device] of [
    [foreign, theirs.id],
    [own, phone.id],
  ] as const) {
    assert.equal(seen.includes(parcel.id), false)
    for (const operation of [sync.release, sync.discard])
      await assert.rejects(silas.call(operation, at(parcel, device)), { code: 'not-found' })
    assert.equal((await rowOf(parcel.id)).state, 'quarantined')
  }
})

test('an administrator ends anybody’s phone of the country, and reads nothing of what it sent', async () => {
  const odette = await harness.as('odette')
  const parcel = await phone.screening()
  const { items } = await odette.call(sync.listOfAccount, { params: { account: marisol.account } })
  assert.ok(items.some(one => one.id === phone.id && one.revokedAt === null))
  await odette.call(sync.revokeOf, { params: { account: marisol.account, device: phone.id } })
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'quarantined')
  for (const operation of [sync.release, sync.discard])
    await assert.rejects(odette.call(operation, at(parcel)), { code: 'not-found' })
  await assert.rejects(odette.call(sync.listQuarantine, {}), { code: 'not-found' })
  const mine = (await marisol.call(sync.listDevices, {})).items.find(one => one.id === phone.id)
  assert.notEqual(mine?.revokedAt, null)
})

test('a revoked phone cannot fill the disk', async () => {
  await late()
  await owner.query(
    `insert into sync.parcel (device_id, id, state, code, sealed, sha256)
     select $1, gen_random_uuid(), 'quarantined', 'revoked', '\\x00', sha256('x') from generate_series(1, 199)`,
    [phone.id],
  )
  assert.equal((await deliver(harness, phone, await phone.screening())).status, 429)
})
