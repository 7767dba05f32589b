import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { consentBody, openedCase, putInCharge } from '../../../../../tests/harness/make.ts'
import { refusal } from '../../../../../tests/harness/refusal.ts'
import { accountId, organisationId } from '../../../../../tools/demonstration/people.ts'
import { referrals } from '../../contract.ts'
import { match } from '../../contract-match.ts'
import { agesOf } from './ages.ts'

let harness: Harness
let p: Record<'dalia' | 'tobias' | 'odette' | 'celeste' | 'marisol' | 'kofi', Persona>
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  const keys = ['dalia', 'tobias', 'odette', 'celeste', 'marisol', 'kofi'] as const
  p = Object.fromEntries(await Promise.all(keys.map(async key => [key, await harness.as(key)]))) as typeof p
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const [house, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
const offered = async (organisation: string, body: Record<string, unknown>) => {
  const id = uuidv7()
  await p.odette.call(directory.offer, { params: { organisation }, body: { id, languages: [], ...body } as never })
  return id
}
const asked = (by: Persona, of: string, body: Record<string, unknown>) =>
  by.call(match.services, { params: { case: of }, body: { urgency: 'urgent', ...body } as never })
const inCharge = async (change: Record<string, unknown> = {}) => {
  const id = await openedCase(harness, change)
  await putInCharge(harness, id)
  return id
}

test('who fits the person comes first, with the reasons, and who does not comes last', async () => {
  const id = await inCharge({
    identity: { givenName: 'Rosa', age: 30, sex: 'female', language: 'es', nationality: 'VEN' },
  })
  const fits = await offered(clinic, {
    kind: 'livelihood',
    sexes: ['female'],
    minAge: 18,
    languages: ['es'],
    area: 'claro',
  })
  const men = await offered(clinic, { kind: 'livelihood', sexes: ['male'], languages: ['es'] })
  const young = await offered(clinic, { kind: 'livelihood', maxAge: 17, nationalities: ['COL'] })
  const found = await asked(p.dalia, id, { service: 'livelihood', area: 'claro' })
  const order = found.items.filter(one => [fits, men, young].includes(one.service.id))
  assert.deepEqual(
    order.map(one => [one.service.id, one.why]),
    [
      [fits, ['eligible', 'not-agreed', 'near', 'language']],
      [men, ['not-for-sex', 'not-agreed', 'language']],
      [young, ['not-for-age', 'not-for-nationality', 'not-agreed']],
    ],
  )
  assert.deepEqual(found.known, ['age', 'sex', 'nationality', 'language', 'area'])
  assert.deepEqual(found.unknown, ['place'])
  assert.ok(found.leftOpen.includes('cost'))
  assert.ok(found.offered >= 3)
  // Another language than the one that is written down.
  const french = await asked(p.dalia, id, { service: 'livelihood', language: 'fr' })
  assert.ok(french.items.find(one => one.service.id === fits)!.why.includes('other-language'))
})

test('whom the person agreed to stands before others, and whom was asked already after them', async () => {
  const id = await inCharge()
  const ours = await offered(house, { kind: 'cash' })
  const theirs = await offered(clinic, { kind: 'cash' })
  const given = consentBody([house])
  await p.dalia.call(consent.give, { params: { case: id }, body: given })
  const order = async () =>
    (await asked(p.dalia, id, { service: 'cash' })).items
      .filter(one => [ours, theirs].includes(one.service.id))
      .map(one => [one.service.id, ...one.why])
  assert.deepEqual(await order(), [
    [ours, 'agreed'],
    [theirs, 'not-agreed'],
  ])
  const body = { id: uuidv7(), case: id, kind: 'service' as const, service: 'cash' as const, offer: ours, to: house }
  await p.dalia.call(referrals.send, { body: { ...body, urgency: 'urgent', consent: given.id, share: ['STA'] } })
  await p.celeste.call(referrals.decline, { params: { referral: body.id }, version: 1, body: { reason: 'no-place' } })
  assert.deepEqual(await order(), [
    [theirs, 'not-agreed'],
    [ours, 'asked', 'agreed'],
  ])
})

test('a safe place is found without where it is', async () => {
  const id = await inCharge()
  const bed = await offered(house, { kind: 'safe-accommodation', howToAsk: ['call'] })
  await truth.query('set session_replication_role = replica')
  await truth.query(`update directory.service set area = 'planted-place' where id = $1`, [bed])
  await truth.query('set session_replication_role = origin')
  const found = await asked(p.dalia, id, { service: 'safe-accommodation', area: 'planted-place' })
  const one = found.items.find(each => each.service.id === bed)!
  assert.deepEqual([one.service.area, one.service.howToAsk], [null, ['call']])
  assert.ok(!one.why.includes('near'))
  assert.ok(!JSON.stringify(found).includes('planted-place'))
})

test('how soon an organisation usually answers is known after five answers, and counts between equals alone', async () => {
  const id = await inCharge()
  const slow = await offered(house, { kind: 'job-placement' })
  const fast = await offered(clinic, { kind: 'job-placement' })
  const answer = (to: string, hours: number, ago: number) =>
    truth.query(
      `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency,
         status, consent_id, shared, due_at, warn_at, sent_at, answered_at)
       select $1, $2, 'XSA', 'service', 'cash', $3, $4, $3, 'urgent', 'accepted', c.id, 64, now(), now(),
         now() - $6 * interval '1 day' - $5 * interval '1 hour', now() - $6 * interval '1 day' from consent.record c limit 1`,
      [uuidv7(), id, to, accountId('dalia'), hours, ago],
    )
  const order = async () =>
    (await asked(p.dalia, id, { service: 'job-placement' })).items
      .filter(one => [slow, fast].includes(one.service.id))
      .map(one => [one.service.id, one.answersIn, ...one.why])
  await truth.query('delete from referrals.referral where answered_at is not null')
  for (let one = 0; one < 4; one++) await answer(clinic, 3, 1)
  for (let one = 0; one < 9; one++) await answer(house, 2, 91)
  for (let one = 0; one < 5; one++) await answer(house, 100, 2)
  assert.deepEqual((await order()).find(one => one[0] === fast)!.slice(1), [null, 'not-agreed'])
  await answer(clinic, 5, 1)
  assert.deepEqual(await order(), [
    [fast, 3, 'not-agreed', 'quick'],
    [slow, 100, 'not-agreed', 'slow'],
  ])
  await truth.query(`update directory.service set sexes = '{male}' where id = $1`, [slow])
  assert.equal((await order())[0]![0], slow)
})

test('only who may refer the person is told who could help', async () => {
  const id = await inCharge()
  const body = { service: 'food' }
  for (const by of ['dalia', 'tobias', 'marisol'] as const)
    assert.equal(await refusal(asked(p[by], id, body)), 'done', by)
  for (const by of ['kofi', 'celeste', 'odette'] as const)
    assert.equal(await refusal(asked(p[by], id, body)), 'not-found', by)
  assert.equal(await refusal(asked(p.dalia, uuidv7(), body)), 'not-found')
  assert.equal(await refusal(asked(p.dalia, id, { service: 'bed' })), 'service choice')
  assert.equal((await p.dalia.call(cases.read, { params: { case: id } })).id, id)
})

test('an age is known as far as it was said', () => {
  assert.deepEqual(agesOf({ age: 20 }, false, '2026-11-23', 18), [20, 20])
  assert.deepEqual(agesOf({ birthDate: '2008-11-23' }, false, '2026-11-23', 18), [18, 18])
  assert.deepEqual(agesOf({ birthDate: '2008-11-24', age: 20 }, true, '2026-11-23', 18), [17, 20])
  assert.deepEqual(agesOf({}, true, '2026-11-23', 18), [0, 17])
  assert.equal(agesOf(undefined, false, '2026-11-23', 18), undefined)
})
