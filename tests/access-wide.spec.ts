import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { leadBody } from '#capabilities/justice/make.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { auth } from '#platform/auth/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { openText } from '#platform/db/context.ts'
import { newPhone } from '#platform/sync/make.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { consentBody, keptCase, openedCase } from './harness/make.ts'

// What the access matrix found too wide, seen through HTTP.

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const toService = (id: string, given: string, to: string, share: ('ID' | 'LOC')[]) => ({
  ...{ id: uuidv7(), case: id, kind: 'service' as const, service: 'safe-accommodation' as const },
  ...{ to, urgency: 'urgent' as const, consent: given, share },
})

test('a supervisor of another agency neither asks for nor confirms a new way into an account of the unit', async () => {
  const [silas, odette] = await Promise.all([harness.as('silas'), harness.as('odette')])
  const asked = await codeOf(silas.call(auth.askRecovery, { params: { account: accountId('dalia') } }))
  const { id } = (await odette.call(auth.askRecovery, { params: { account: accountId('tobias') } })) as { id: string }
  const confirmed = await codeOf(silas.call(auth.confirmRecovery, { params: { recovery: id } }))
  assert.deepEqual({ asked, confirmed }, { asked: 'not-found', confirmed: 'not-found' })
})

test('where somebody stays does not travel with a referral for a service', async () => {
  const { id } = await keptCase(harness)
  const dalia = await harness.as('dalia')
  const given = consentBody([shelter], { compartments: ['ID', 'LOC', 'STA'] })
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const body = toService(id, given.id, shelter, ['ID', 'LOC'])
  assert.equal(await codeOf(dalia.call(referrals.send, { body })), 'invalid-input')
})

test('nobody accepts, declines or acknowledges what they sent themselves', async () => {
  const id = await openedCase(harness)
  const tobias = await harness.as('tobias')
  const given = consentBody([unit])
  await tobias.call(consent.give, { params: { case: id }, body: given })
  const body = toService(id, given.id, unit, ['ID'])
  await tobias.call(referrals.send, { body })
  const params = { referral: body.id }
  assert.equal(await codeOf(tobias.call(referrals.acknowledge, { params, version: 1, body: {} } as never)), 'not-found')
  assert.equal(await codeOf(tobias.call(referrals.accept, { params, version: 1, body: {} } as never)), 'not-found')
})

test('a supervisor’s role that waits for its second person opens no leads and no phones of that house', async () => {
  const [silas, petra, kofi] = await Promise.all([harness.as('silas'), harness.as('petra'), harness.as('kofi')])
  await petra.call(justice.makeLead, { body: leadBody() })
  await newPhone(kofi)
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  const fence = {
    user: silas.account,
    principals: [silas.account],
    compartments: 0,
    country: 'XSA',
    role: 'supervisor',
  }
  const phones = async () => {
    await app.query(openText(fence, false))
    const { rowCount } = await app.query('select 1 from sync.device where account_id = $1', [kofi.account])
    await app.query('rollback')
    return rowCount
  }
  const shown = async () => ({
    leads: (await silas.call(justice.listLeads, { query: {} })).items.length,
    phones: await phones(),
  })
  try {
    assert.deepEqual(await shown(), { leads: 0, phones: 0 })
    const waiting = uuidv7()
    await truth.query(
      `insert into auth.assignment (id, account_id, organisation_id, role, country, confirmed_at)
       values ($1, $2, $3, 'supervisor', 'XSA', null)`,
      [waiting, silas.account, organisationId('police')],
    )
    assert.deepEqual(await shown(), { leads: 0, phones: 0 })
    await truth.query('update auth.assignment set confirmed_at = now() where id = $1', [waiting])
    assert.deepEqual(await shown(), { leads: 1, phones: 1 }, 'the control: once it is confirmed')
  } finally {
    await Promise.all([truth.end(), app.end()])
  }
})
