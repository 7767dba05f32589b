import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, keptCase, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'

// What became of a question is told to who has it in hand then, until somebody goes on from it.

let harness: Harness
let truth: pg.Client
let celeste: Persona
const [shelter, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  celeste = await harness.as('celeste')
})
after(async () => {
  await truth.end()
  await harness.stop()
})

async function asks(key: PersonKey, of?: { case: string; consent: string }, to = shelter, service = 'psychosocial') {
  const by = await harness.as(key)
  const found = of ? { case: of.case, consent: of.consent } : await caseOf(by)
  const referral = uuidv7()
  const about = { kind: 'service' as const, service: service as 'psychosocial', to, urgency: 'urgent' as const }
  await by.call(referrals.send, { body: { id: referral, ...found, ...about, share: ['ID'] } })
  return { ...found, referral }
}
async function caseOf(by: Persona): Promise<{ case: string; consent: string }> {
  const given = consentBody([shelter, clinic])
  if (by.key === 'marisol') {
    const body = screeningBody()
    await by.call(screening.record, { body })
    await by.call(consent.give, { params: { case: body.case }, body: given })
    return { case: body.case, consent: given.id }
  }
  const { id } = await keptCase(harness)
  await (await harness.as('dalia')).call(consent.give, { params: { case: id }, body: given })
  return { case: id, consent: given.id }
}
const say = (verb: 'accept' | 'decline' | 'begin' | 'end', referral: string, version: number, by = celeste) => {
  const body = verb === 'decline' ? { reason: 'no-place' } : verb === 'end' ? { reason: 'not-needed' } : {}
  return by.call(referrals[verb] as typeof referrals.begin, { params: { referral }, version, body: body as never })
}
/** What the day's list of somebody says of it, so many days from now. */
async function told(key: PersonKey, referral: string, days = 0): Promise<string | undefined> {
  if (days > 0) harness.setNow(new Date(Date.now() + days * 86_400_000))
  try {
    const { items } = await (await harness.as(key)).call(tasks.today, { query: { kind: 'answer' } })
    return items.find(one => one.id === referral)?.code
  } finally {
    harness.setNow(undefined)
  }
}

test('a no to the unit stands in the list of who takes in for it', async () => {
  const { referral } = await asks('tobias')
  await say('decline', referral, 1)
  assert.equal(await told('tobias', referral), 'declined')
})

test('a no stands until somebody else is asked, the case is closed, or two weeks are over; a yes for three days', async () => {
  for (const key of ['marisol', 'dalia', 'tobias'] as const) {
    const asked = await asks(key)
    const { referral } = asked
    await say('decline', referral, 1)
    assert.equal(await told(key, referral, 5), 'declined', key)
    assert.equal(await told(key, referral, 15), undefined, key)
    // Other help is another question; what was taken back asks nobody.
    await asks(key, asked, clinic, 'legal-aid')
    const back = await asks(key, asked, clinic)
    await (await harness.as(key)).call(referrals.revoke, { params: { referral: back.referral }, version: 1, body: {} })
    assert.equal(await told(key, referral, 5), 'declined', key)
    await asks(key, asked, clinic)
    assert.equal(await told(key, referral, 5), undefined, key)
  }
  const asked = await asks('dalia')
  await say('decline', asked.referral, 1)
  await truth.query(`update cases.folder set status = 'closed' where id = $1`, [asked.case])
  assert.equal(await told('dalia', asked.referral, 5), undefined)
  const yes = await asks('dalia')
  await say('accept', yes.referral, 1)
  assert.deepEqual([await told('dalia', yes.referral), await told('dalia', yes.referral, 5)], ['accepted', undefined])
})

test('who said yes is told that who asked ended it, and not what they ended themselves', async () => {
  const one = await asks('dalia')
  await say('accept', one.referral, 1)
  assert.equal(await told('celeste', one.referral), undefined)
  await say('end', one.referral, 2, await harness.as('dalia'))
  assert.equal(await told('celeste', one.referral), 'ended-by-asker')
  assert.equal(await told('jonah', one.referral), undefined)
  assert.equal(await told('celeste', one.referral, 4), undefined)
  const other = await asks('dalia', one)
  await say('accept', other.referral, 1)
  await say('end', other.referral, 2)
  assert.equal(await told('celeste', other.referral), undefined)
})
