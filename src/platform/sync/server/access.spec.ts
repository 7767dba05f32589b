import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { address } from '#platform/contract/client.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { type PersonKey, people } from '../../../../tools/demonstration/people.ts'
import type { Operation } from '../../contract/operation.ts'
import { uuidv7 } from '../../crypto/random.ts'
import type { Role } from '../../policy/roles.ts'
import { sync } from '../contract.ts'
import { deliver, newPhone, type Phone, signingKeys, spkiOf } from '../make.ts'

// Every person, every operation, through HTTP, against a table that is written down here.
let harness: Harness
let owner: pg.Client
const everybody = new Map<PersonKey, Persona>()
let phone: Phone
let spare: string
/** The parcel of an inspector that waits, and its phone. */
let waiting: { device: string; parcel: string }
before(async () => {
  harness = await startHarness()
  owner = new pg.Client({ connectionString: harness.database.url('super') })
  await owner.connect()
  for (const { key } of people) everybody.set(key, await harness.as(key))
  const marisol = everybody.get('marisol')!
  spare = await spkiOf(await signingKeys())
  const gone = await newPhone(marisol)
  const parcel = await gone.screening()
  await marisol.call(sync.revoke, { params: { device: gone.id } })
  await deliver(harness, gone, parcel)
  waiting = { device: gone.id, parcel: parcel.id }
  phone = await newPhone(marisol)
})
after(async () => {
  await owner.end()
  await harness.stop()
})

type Parts = { params?: object; query?: object; body?: object | undefined }
type Table = Readonly<
  Record<keyof typeof sync, { who: readonly (Role | PersonKey)[]; parts: () => Parts; good: number }>
>
const all = [...new Set(people.map(one => one.role))]
const account = () => everybody.get('marisol')!.account
/** Who may: a role, or one person where it is their own. Deciding operations come last: they use up what waits. */
const table: Table = {
  register: {
    who: ['officer', 'intake'],
    parts: () => ({ body: { id: uuidv7(), label: 'x', publicKey: spare } }),
    good: 200,
  },
  listDevices: { who: all, parts: () => ({}), good: 200 },
  listOfAccount: { who: ['administrator'], parts: () => ({ params: { account: account() } }), good: 200 },
  hello: { who: [], parts: () => ({ body: {} }), good: 200 },
  deliver: { who: [], parts: () => ({ body: { id: uuidv7(), sealed: 'AAAA' } }), good: 200 },
  listQuarantine: { who: ['supervisor'], parts: () => ({}), good: 200 },
  pull: { who: ['marisol'], parts: () => ({ query: { device: phone.id } }), good: 200 },
  rows: {
    who: ['marisol'],
    parts: () => ({ query: { device: phone.id, kind: 'screening', ids: uuidv7() } }),
    good: 200,
  },
  release: { who: ['silas'], parts: () => ({ params: waiting }), good: 200 },
  discard: { who: ['silas'], parts: () => ({ params: waiting }), good: 200 },
  revokeOf: {
    who: ['administrator'],
    parts: () => ({ params: { account: account(), device: phone.id } }),
    good: 204,
  },
  revoke: { who: ['marisol'], parts: () => ({ params: { device: phone.id } }), good: 204 },
}

function ask(operation: Operation, parts: Parts, persona?: Persona): Promise<Response> {
  const headers: Record<string, string> = {}
  if (parts.body) headers['content-type'] = 'application/json'
  if (operation.kind === 'command' && operation.idempotent) headers['idempotency-key'] = uuidv7()
  return (persona?.fetch ?? harness.fetch)(address(operation, parts as never), {
    method: operation.method,
    headers,
    ...(parts.body ? { body: JSON.stringify(parts.body) } : {}),
  })
}
const contents = async () =>
  (
    await owner.query(`select coalesce(string_agg(t, '|' order by t), '') as all from
    (select d::text as t from sync.device d union all select p::text from sync.parcel p) every_row`)
  ).rows[0].all
const textOf = async (response: Response) => (await response.text()).replace(/"request":"[^"]*"/, '')

test('who may not is refused as if the record were missing, and nothing changes', async t => {
  const before = await contents()
  const wrong: string[] = []
  let sent = 0
  for (const { key, role } of people) {
    const persona = everybody.get(key)!
    const missing = await textOf(await ask(cases.read, { params: { case: uuidv7() } }, persona))
    for (const [name, { who, parts }] of Object.entries(table)) {
      if (who.includes(role) || who.includes(key)) continue
      const response = await ask(sync[name as keyof typeof sync], parts(), persona)
      sent += 1
      const device = name === 'hello' || name === 'deliver'
      const text = await textOf(response)
      if (response.status !== (device ? 401 : 404) || (!device && text !== missing))
        wrong.push(`${key} ${name}: ${response.status} ${text}`)
    }
  }
  t.diagnostic(`${sent} requests that must be refused`)
  assert.deepEqual(wrong, [])
  assert.ok(sent > 120)
  assert.equal(await contents(), before)
})

test('without a session, or a credential, everything is 401', async () => {
  for (const [name, { parts }] of Object.entries(table))
    assert.equal((await ask(sync[name as keyof typeof sync], parts())).status, 401, name)
})

test('who may is not refused', async () => {
  const wrong: string[] = []
  for (const [name, { who, parts, good }] of Object.entries(table))
    for (const { key, role } of people) {
      if (!who.includes(role) && !who.includes(key)) continue
      // Released already by the line above.
      const expected = name === 'discard' ? 404 : good
      const response = await ask(sync[name as keyof typeof sync], parts(), everybody.get(key)!)
      if (response.status !== expected) wrong.push(`${key} ${name}: ${response.status} ${await response.text()}`)
    }
  assert.deepEqual(wrong, [])
})

test('row-level security says the same: what each role sees and changes of phones and parcels by raw statements', async () => {
  const gone = await newPhone(everybody.get('kofi')!)
  const parcel = await gone.screening()
  await everybody.get('kofi')!.call(sync.revoke, { params: { device: gone.id } })
  await deliver(harness, gone, parcel)
  const count = async (fence: { user: string; role: string; country?: string }, text: string) => {
    const client = await harness.services.exportPool.connect()
    try {
      await client.query('begin')
      for (const [name, value] of [
        ['user', fence.user],
        ['principals', `{${fence.user}}`],
        ['organisation', ''],
        ['compartments', '0'],
        ['country', fence.country ?? 'XSA'],
        ['role', fence.role],
      ])
        await client.query('select set_config($1, $2, true)', [`samaan.${name}`, value])
      return (await client.query(text)).rowCount
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  const of = (key: PersonKey, role: string) => ({ user: everybody.get(key)!.account, role })
  const parcels = 'select 1 from sync.parcel'
  for (const [key, role] of [
    ['marisol', 'officer'],
    ['tobias', 'intake'],
    ['odette', 'administrator'],
    ['wren', 'data-protection-officer'],
    ['dalia', 'coordinator'],
  ] as const)
    assert.equal(await count(of(key, role), parcels), 0, key)
  // Silas decided one above; of the police he sees none.
  assert.equal(await count(of('silas', 'supervisor'), parcels), 1)
  const ending = (by: PersonKey) =>
    `update sync.device set revoked_at = now(), revoked_by = '${everybody.get(by)!.account}' where id = '${gone.id}'`
  assert.equal(await count(of('silas', 'supervisor'), ending('silas')), 0)
  assert.equal(await count(of('odette', 'administrator'), ending('odette')), 1)
  assert.equal(await count({ ...of('odette', 'administrator'), country: 'XSB' }, ending('odette')), 0)
  const releasing = (by: PersonKey) =>
    `update sync.parcel set state = 'done', sealed = null, decided_by = '${everybody.get(by)!.account}' where device_id = '${gone.id}'`
  for (const [key, role] of [
    ['silas', 'supervisor'],
    ['odette', 'administrator'],
    ['kofi', 'officer'],
  ] as const)
    assert.equal(await count(of(key, role), releasing(key)), 0, key)
  await assert.rejects(count(of('kofi', 'officer'), `update sync.device set credential_hash = sha256('x')`), {
    code: '42501',
  })
})
