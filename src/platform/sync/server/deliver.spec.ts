import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { screening } from '#capabilities/screening/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, screeningBody } from '../../../../tests/harness/make.ts'
import { assignmentId, organisationId } from '../../../../tools/demonstration/people.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { credentialHeader, sync } from '../contract.ts'
import { consentParcel, deliver, hello, idsOf, newPhone, type Phone, sealTo, signingKeys, spkiOf } from '../make.ts'
import type { Json } from '../parcel-format.ts'

let harness: Harness
let owner: pg.Client
let marisol: Persona
let phone: Phone
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  marisol = await harness.as('marisol')
})
after(async () => {
  await owner.end()
  await harness.stop()
})
beforeEach(async () => {
  await owner.query('update sync.device set revoked_at = now(), revoked_by = account_id where revoked_at is null')
  phone = await newPhone(marisol)
})

const one = async (text: string, values: unknown[] = []) => (await owner.query(text, values)).rows[0]
const rowOf = (id: string) => one('select * from sync.parcel where id = $1', [id])
const screenings = async (id: string): Promise<number> =>
  Number((await one('select count(*) from screening.screening where id = $1', [id])).count)
const eventsOf = async (caseId: string) =>
  (await owner.query('select body from audit.event where case_id = $1 order by id', [caseId])).rows.map(row =>
    JSON.parse(row.body),
  )

test('a parcel is done as its maker, and the audit says which phone it came from', async () => {
  const parcel = await phone.screening()
  const { status, body } = await deliver(harness, phone, parcel)
  assert.deepEqual({ status, body }, { status: 200, body: { id: parcel.id, state: 'done' } })
  const read = await marisol.call(screening.read, { params: { screening: idsOf(parcel).id } })
  assert.equal(read.case, idsOf(parcel).case)
  const [event] = await eventsOf(idsOf(parcel).case)
  assert.equal(event.operation, 'screening.record')
  assert.equal(event.actor, marisol.account)
  assert.equal(event.role, 'officer')
  assert.equal(event.device, phone.id)
  const row = await rowOf(parcel.id)
  assert.equal(row.state, 'done')
  assert.equal(row.sealed, null)
  assert.equal(row.operation, 'screening.record')
})

test('the same parcel twice, or five times at once, is done once, with the same answer', async () => {
  const parcel = await phone.screening()
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => deliver(harness, phone, parcel)))
  answers.push(await deliver(harness, phone, parcel))
  for (const answer of answers) assert.deepEqual(answer, { status: 200, body: { id: parcel.id, state: 'done' } })
  assert.equal(await screenings(idsOf(parcel).id), 1)
  assert.equal((await eventsOf(idsOf(parcel).case)).length, 1)
})

test('a command sent with a session before is not done again when it comes as a parcel', async () => {
  const body = screeningBody()
  const key = uuidv7()
  await marisol.call(screening.record, { body, key })
  const parcel = await phone.seal(phone.content('screening.record', body as unknown as Json, { key }))
  assert.deepEqual((await deliver(harness, phone, parcel)).body, { id: key, state: 'done' })
  assert.equal(await screenings(body.id), 1)
})

test('when the server dies after the deed and before it is noted, the parcel comes again and is done once', async () => {
  const parcel = await phone.screening()
  await owner.query(`create function sync.fail() returns trigger language plpgsql as $$ begin
    raise exception using errcode = '57P01', message = 'away'; end $$;
    create trigger fail before insert on sync.parcel for each row execute function sync.fail()`)
  try {
    const { status } = await deliver(harness, phone, parcel)
    assert.equal(status, 503)
    assert.equal(await screenings(idsOf(parcel).id), 1)
    assert.equal(await rowOf(parcel.id), undefined)
  } finally {
    await owner.query('drop function sync.fail() cascade')
  }
  assert.deepEqual((await deliver(harness, phone, parcel)).body, { id: parcel.id, state: 'done' })
  assert.equal(await screenings(idsOf(parcel).id), 1)
  assert.equal((await eventsOf(idsOf(parcel).case)).length, 1)
})

test('when the database goes away during the deed, nothing is stored and the phone is told to come again', async () => {
  const parcel = await phone.screening()
  await owner.query(`create function screening.fail() returns trigger language plpgsql as $$ begin
    raise exception using errcode = '57P01', message = 'away'; end $$;
    create trigger fail before insert on screening.screening for each row execute function screening.fail()`)
  try {
    const { status } = await deliver(harness, phone, parcel)
    assert.equal(status, 503)
    assert.equal(await rowOf(parcel.id), undefined)
  } finally {
    await owner.query('drop function screening.fail() cascade')
  }
  assert.equal((await deliver(harness, phone, parcel)).body.state, 'done')
})

test('what is refused keeps its codes and its sealed bytes, and may come again when it was edited', async () => {
  const bad = await phone.screening({ signs: ['no-such-sign'] })
  const { body } = await deliver(harness, phone, bad)
  assert.deepEqual(body, {
    id: bad.id,
    state: 'refused',
    code: 'invalid-input',
    fields: [{ field: 'signs.0', code: 'choice' }],
  })
  const row = await rowOf(bad.id)
  assert.equal(row.sealed.toString('base64url'), bad.sealed)
  assert.deepEqual(row.fields, [{ field: 'signs.0', code: 'choice' }])
  const good = await phone.screening({}, { key: bad.id })
  assert.equal((await deliver(harness, phone, good)).body.state, 'done')
  assert.equal((await rowOf(bad.id)).sealed, null)
  // The first version, late: another was done under its id.
  assert.deepEqual((await deliver(harness, phone, bad)).body, {
    id: bad.id,
    state: 'refused',
    code: 'bad-key',
    fields: [{ field: 'id', code: 'used' }],
  })
  assert.equal((await rowOf(bad.id)).state, 'done')
})

test('what needs another that has not come yet is refused, and done when it comes after', async () => {
  const first = await phone.screening()
  const agreed = consentBody([organisationId('counter-trafficking-unit')])
  const second = await consentParcel(phone, idsOf(first).case, agreed)
  assert.equal((await deliver(harness, phone, second)).body.code, 'not-found')
  assert.equal((await deliver(harness, phone, first)).body.state, 'done')
  assert.equal((await deliver(harness, phone, second)).body.state, 'done')
})

test('a parcel that was changed, signed by another key or sealed to nobody is refused and kept', async () => {
  const parcel = await phone.screening()
  const bytes = Buffer.from(parcel.sealed, 'base64url')
  bytes[bytes.length - 20]! ^= 1
  const changed = { id: uuidv7(), sealed: bytes.toString('base64url') }
  const foreign = await phone.seal({ ...parcel.content, key: uuidv7() }, (await signingKeys()).privateKey)
  const noise = { id: uuidv7(), sealed: Buffer.from('age-encryption.org/v1\n-> X25519 nothing').toString('base64url') }
  const empty = { id: uuidv7(), sealed: await sealTo(phone.recipient, new Uint8Array(1024)) }
  const renamed = { id: uuidv7(), sealed: parcel.sealed }
  for (const [what, code] of [
    [changed, 'unreadable'],
    [foreign, 'signature'],
    [noise, 'unreadable'],
    [empty, 'unreadable'],
    [renamed, 'unreadable'],
  ] as const) {
    const { status, body } = await deliver(harness, phone, what)
    assert.deepEqual({ status, body }, { status: 200, body: { id: what.id, state: 'refused', code } })
    assert.equal((await rowOf(what.id)).sealed.toString('base64url'), what.sealed)
  }
  assert.equal(await screenings(idsOf(parcel).id), 0)
})

test('a parcel made for another person, or in another role, is refused', async () => {
  const kofi = await harness.as('kofi')
  const theirs = await newPhone(kofi)
  const parcel = await theirs.screening()
  // Sent with this phone's credential: the signature is not this phone's.
  assert.equal((await deliver(harness, phone, parcel)).body.code, 'signature')
  // Signed by this phone, in the name of somebody else.
  for (const name of [{ account: kofi.account }, { assignment: assignmentId('kofi') }]) {
    const forged = await phone.screening({}, name)
    assert.equal((await deliver(harness, phone, forged)).body.code, 'other-maker')
    assert.equal(await screenings(idsOf(forged).id), 0)
  }
  assert.equal((await deliver(harness, theirs, parcel)).body.state, 'done')
})

test('only what may wait for signal comes in a parcel', async () => {
  for (const [operation, body] of [
    ['cases.open', {}],
    ['auth.signOut', null],
    ['screening.complete', {}],
    ['cases.list', null],
    ['no.such', {}],
  ] as const) {
    const parcel = await phone.seal(phone.content(operation, body, { params: { case: uuidv7() } }))
    const { body: answer } = await deliver(harness, phone, parcel)
    assert.deepEqual(answer, { id: parcel.id, state: 'refused', code: 'not-offline' }, operation)
  }
})

const endings: readonly [string, string, string][] = [
  ['a role', 'auth.assignment set until = now()', `auth.assignment set until = 'infinity'`],
  ['an account', `auth.account set status = 'disabled'`, `auth.account set status = 'active'`],
  ['an organisation', 'directory.organisation set active = false', 'directory.organisation set active = true'],
]
const ofMarisol: Readonly<Record<string, () => string>> = {
  'a role': () => assignmentId('marisol'),
  'an account': () => marisol.account,
  'an organisation': () => marisol.organisation,
}
for (const [what, end, restore] of endings)
  test(`${what} that is over does nothing: the parcel waits, and is done when it is given again`, async () => {
    const parcel = await phone.screening()
    await owner.query(`update ${end} where id = $1`, [ofMarisol[what]!()])
    try {
      const { body } = await deliver(harness, phone, parcel)
      assert.deepEqual(body, { id: parcel.id, state: 'quarantined', code: 'no-role' })
      assert.equal(await screenings(idsOf(parcel).id), 0)
      // What such a person still carries about is to be closed as well.
      const { text } = await hello(harness, credentialHeader(phone.id, phone.credential))
      assert.equal(JSON.parse(text).state, 'revoked')
    } finally {
      await owner.query(`update ${restore} where id = $1`, [ofMarisol[what]!()])
    }
    assert.equal((await deliver(harness, phone, parcel)).body.state, 'done')
  })

test('a wrong secret, an unknown phone and a revoked one look alike; the right secret of a revoked one is told', async () => {
  const wrong = 'A'.repeat(43)
  await marisol.call(sync.revoke, { params: { device: phone.id } })
  const live = await newPhone(marisol)
  const strip = ({ status, text }: { status: number; text: string }) => ({
    status,
    text: text.replace(/"request":"[^"]*"/, ''),
  })
  const answers = await Promise.all(
    [phone.id, live.id, uuidv7()].map(async id => strip(await hello(harness, credentialHeader(id, wrong)))),
  )
  assert.equal(answers[0]!.status, 401)
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.deepEqual(strip(await hello(harness, undefined)), answers[0])
  assert.equal((await deliver(harness, { id: live.id, credential: wrong }, await live.screening())).status, 401)
  assert.equal(JSON.parse((await hello(harness, credentialHeader(phone.id, phone.credential))).text).state, 'revoked')
  assert.equal(JSON.parse((await hello(harness, credentialHeader(live.id, live.credential))).text).state, 'welcome')
})

test('whoever guesses is slowed down, and the phone with the right secret is not', async () => {
  const guess = credentialHeader(phone.id, 'B'.repeat(43))
  const statuses: number[] = []
  for (let i = 0; i < 8; i++) statuses.push((await hello(harness, guess)).status)
  assert.ok(statuses.includes(429), `${statuses}`)
  assert.equal((await hello(harness, credentialHeader(phone.id, phone.credential))).status, 200)
  const refused = await owner.query(`select 1 from audit.event where body like '%device.credential-refused%'`)
  assert.ok(refused.rowCount! > 0)
})

test('a person has three phones at most, and one that was ended makes room', async () => {
  const [second, third] = [await newPhone(marisol), await newPhone(marisol)]
  const again = Promise.allSettled([newPhone(marisol), newPhone(marisol)])
  for (const result of await again) assert.equal(result.status === 'rejected' && result.reason.code, 'too-many-devices')
  await marisol.call(sync.revoke, { params: { device: second.id } })
  await newPhone(marisol)
  const { items } = await marisol.call(sync.listDevices, {})
  assert.equal(items.filter(each => each.revokedAt === null).length, 3)
  assert.ok(items.some(each => each.id === third.id))
})

test('a key that is no point of P-256 registers nothing', async () => {
  const good = Buffer.from(await spkiOf(await signingKeys()), 'base64url')
  const off = Buffer.from(good)
  off[80]! ^= 1
  for (const key of [Buffer.alloc(91), good.subarray(0, 90), off, Buffer.from('x')])
    await assert.rejects(
      marisol.call(sync.register, { body: { id: uuidv7(), label: 'x', publicKey: key.toString('base64url') } }),
      { code: 'invalid-input' },
    )
})

test('nothing of a parcel stands readable in the tables of sync', async () => {
  const parcel = await phone.screening({ story: 'Zanahoria bajo la lluvia', signs: ['no-such-sign'] })
  await deliver(harness, phone, parcel)
  const all = await owner.query('select p::text as text from sync.parcel p union all select d::text from sync.device d')
  for (const { text } of all.rows)
    for (const word of ['Zanahoria', Buffer.from('Zanahoria').toString('hex'), phone.credential, 'Quintanilla'])
      assert.ok(!text.includes(word), word)
})
