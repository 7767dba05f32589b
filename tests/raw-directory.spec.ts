import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { directory } from '#capabilities/directory/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { openRaw, type Raw } from './harness/raw.ts'
import { refusal } from './harness/refusal.ts'

// Who keeps the directory of one country keeps no other's: asked of the server, and of the database alone.

const abroad = { body: uuidv7(), service: uuidv7(), duty: uuidv7() }
const shelter = organisationId('samaan-house')
let harness: Harness
let raw: Raw
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  await raw.truth.query(
    `insert into directory.organisation (id, country, kind, name) values ($1, 'TTO', 'ngo', 'Across the water')`,
    [abroad.body],
  )
  await raw.truth.query(`insert into directory.service (id, organisation_id, kind) values ($1, $2, 'food')`, [
    abroad.service,
    abroad.body,
  ])
  await raw.truth.query(
    `insert into directory.on_call (id, organisation_id, account_id, starts_at, ends_at)
     values ($1, $2, $4, now(), now() + interval '1 day'), ($5, $3, $4, now(), now() + interval '1 day')`,
    [abroad.duty, abroad.body, shelter, accountId('celeste'), uuidv7()],
  )
})
after(async () => {
  await raw?.end()
  await harness?.stop()
})

test('an administrator finds no organisation of another country to change', async () => {
  const { call } = await harness.as('odette')
  const params = { organisation: abroad.body }
  const from = new Date().toISOString()
  const to = new Date(Date.now() + 3_600_000).toISOString()
  const food = { kind: 'food' as const, languages: [] }
  const asked = [
    call(directory.get, { params }),
    call(directory.change, { params, version: 1, body: { kind: 'ngo', name: 'Ours', languages: [], active: true } }),
    call(directory.offer, { params, body: { id: uuidv7(), ...food } }),
    call(directory.withdraw, { params: { ...params, service: abroad.service } }),
    call(directory.putOnCall, { params, body: { id: uuidv7(), account: accountId('celeste'), from, to } }),
    call(directory.endOnCall, { params: { ...params, duty: abroad.duty } }),
  ]
  assert.deepEqual(
    await Promise.all(asked.map(refusal)),
    asked.map(() => 'not-found'),
  )
  assert.equal(
    await refusal(call(directory.offer, { params: { organisation: shelter }, body: { id: uuidv7(), ...food } })),
    'done',
    'the control',
  )
})

test('a statement of an administrator reaches the directory of their own country and no other', async () => {
  const here = async (table: string) =>
    (
      await raw.truth.query(
        `select 1 from directory.${table} s join directory.organisation o on o.id = s.organisation_id where o.country = 'XSA'`,
      )
    ).rowCount
  // Without a condition only the policies of changing are asked.
  assert.equal(await raw.tried('odette', 'update directory.service set active = false'), await here('service'))
  assert.equal(await raw.tried('odette', 'delete from directory.on_call'), await here('on_call'))
  assert.equal(
    await raw.tried('odette', 'update directory.organisation set active = false'),
    (await raw.truth.query(`select 1 from directory.organisation where country = 'XSA'`)).rowCount,
  )
  const offered = `insert into directory.service (id, organisation_id, kind) values ($1, $2, 'food')`
  const put = `insert into directory.on_call (id, organisation_id, account_id, starts_at, ends_at)
    values ($1, $2, $3, now(), now() + interval '1 hour')`
  const made = `insert into directory.organisation (id, country, kind, name, competent) values ($1, $2, 'ngo', 'New', $3)`
  const tried = async (text: string, ...values: unknown[]) => raw.tried('odette', text, [uuidv7(), ...values])
  assert.deepEqual(
    {
      offers: [await tried(offered, shelter), await tried(offered, abroad.body)],
      calls: [await tried(put, shelter, accountId('celeste')), await tried(put, abroad.body, accountId('celeste'))],
      makes: [await tried(made, 'XSA', false), await tried(made, 'TTO', false), await tried(made, 'XSA', true)],
    },
    { offers: [1, '42501'], calls: [1, '42501'], makes: [1, '42501', '42501'] },
  )
})

test('nobody moves a service or an organisation, nor makes a body the competent one', async () => {
  for (const by of ['odette', 'celeste', 'tobias'] as const)
    assert.deepEqual(
      await Promise.all([]).then(async () => [
        await raw.tried(by, 'update directory.service set organisation_id = $1', [abroad.body]),
        await raw.tried(by, `update directory.service set kind = 'legal-aid'`),
        await raw.tried(by, `update directory.organisation set country = 'TTO'`),
        await raw.tried(by, 'update directory.organisation set competent = true where id = $1', [shelter]),
      ]),
      ['42501', '42501', '42501', '42501'],
      by,
    )
})
