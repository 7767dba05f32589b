import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, explained, screeningBody } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { consent } from '../contract.ts'

let harness: Harness
let marisol: Persona
let truth: pg.Client
const shelter = organisationId('samaan-house')
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})

type Asked = Record<string, unknown>
/** `done`, or the fields that were refused, each with why. */
const outcomeOf = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: { code: string; fields?: { field: string; code: string }[] }) =>
      error.fields?.length ? error.fields.map(one => `${one.field} ${one.code}`).join(', ') : error.code,
  )
async function screened(change: Parameters<typeof screeningBody>[0] = {}): Promise<string> {
  const body = screeningBody(change)
  await marisol.call(screening.record, { body })
  return body.case
}
const give = (of: string, change: Asked = {}) =>
  outcomeOf(marisol.call(consent.give, { params: { case: of }, body: { ...consentBody([shelter]), ...change } }))
const refuse = (of: string, change: Asked = {}) =>
  outcomeOf(
    marisol.call(consent.refuse, {
      params: { case: of },
      body: { id: uuidv7(), ...explained('sharing-1'), ...change } as never,
    }),
  )
const withdraw = (of: string, given: string, change: Asked = {}) =>
  marisol.call(consent.withdraw, {
    params: { case: of, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1'), ...change } as never,
  })

describe('the texts of the ledger', () => {
  test('each kind of record cites a text of its own, and another is refused by its field', async () => {
    const of = await screened()
    const given = uuidv7()
    assert.equal(await give(of, { textVersion: 'withdrawing-1' }), 'textVersion choice')
    assert.equal(await give(of, { textVersion: 'limits-1' }), 'textVersion choice')
    assert.equal(await refuse(of, { textVersion: 'withdrawing-1' }), 'textVersion choice')
    assert.equal(await give(of, { id: given }), 'done')
    assert.equal(await outcomeOf(withdraw(of, given, { textVersion: 'sharing-1' })), 'textVersion choice')
    assert.equal(await outcomeOf(withdraw(of, given)), 'done')
    const told = { ...explained('limits-1'), id: uuidv7(), textVersion: 'sharing-1' as 'limits-1' }
    const wrong = marisol.call(screening.record, { body: screeningBody({ limitsTold: told }) })
    assert.equal(await outcomeOf(wrong), 'limitsTold.textVersion choice')
  })

  test('a withdrawal of before, which cites the text of sharing, is still read', async () => {
    const of = await screened()
    const given = uuidv7()
    await give(of, { id: given })
    await truth.query(
      `insert into consent.record (id, case_id, kind, withdraws, text_version, language, interpreter, explained_by, given_by, form, said_at)
       values ($1, $2, 'withdrawn', $3, 'sharing-1', 'es', 'none', $4, 'person', 'written', now())`,
      [uuidv7(), of, given, marisol.account],
    )
    const { items } = await marisol.call(consent.list, { params: { case: of } })
    assert.deepEqual(
      items.map(one => [one.kind, one.textVersion, one.live]),
      [
        ['limits-told', 'limits-1', false],
        ['given', 'sharing-1', false],
        ['withdrawn', 'sharing-1', false],
      ],
    )
  })
})

describe('who answers for a child', () => {
  test('a child’s own yes is not enough: a guardian or a support person gives it, and the child is asked', async () => {
    const child = await screened({ child: 'yes' })
    assert.equal(await give(child), 'givenBy child-alone')
    assert.equal(await give(child, { givenBy: 'guardian' }), 'childAssent required')
    assert.equal(await give(child, { givenBy: 'support-person' }), 'childAssent required')
    assert.equal(await give(child, { givenBy: 'guardian', childAssent: true }), 'done')
    assert.equal(await give(child, { givenBy: 'support-person', childAssent: false }), 'done')
    const doubted = await screened({ child: 'in-doubt' })
    assert.equal(await give(doubted), 'givenBy child-alone')
    assert.equal((await marisol.call(consent.list, { params: { case: doubted } })).child, true)
  })

  test('a child’s no counts as it is, and so does a child who takes a yes back', async () => {
    const child = await screened({ child: 'yes' })
    const given = uuidv7()
    assert.equal(await refuse(child), 'done')
    assert.equal(await refuse(child, { givenBy: 'guardian' }), 'childAssent required')
    assert.equal(await give(child, { id: given, givenBy: 'guardian', childAssent: true }), 'done')
    assert.equal(await outcomeOf(withdraw(child, given)), 'done')
  })

  test('an adult has no guardian, and nobody is asked whether they assent', async () => {
    const adult = await screened()
    const given = uuidv7()
    assert.equal(await give(adult, { givenBy: 'guardian', childAssent: true }), 'givenBy no-guardian')
    assert.equal(await refuse(adult, { givenBy: 'guardian' }), 'givenBy no-guardian')
    assert.equal(await give(adult, { childAssent: true }), 'childAssent not-offered')
    assert.equal(await give(adult, { id: given, givenBy: 'support-person' }), 'done')
    assert.equal(await outcomeOf(withdraw(adult, given, { givenBy: 'guardian' })), 'givenBy no-guardian')
    assert.equal((await marisol.call(consent.list, { params: { case: adult } })).child, false)
  })
})

describe('a withdrawal that comes late', () => {
  test('is done after the consent has run out, however long ago it was said', async () => {
    const of = await screened()
    const given = uuidv7()
    await give(of, { id: given, months: 1 })
    await truth.query(`update consent.record set expires_at = now() - interval '1 day' where id = $1`, [given])
    const saidAt = new Date(Date.now() - 90 * 86_400_000).toISOString()
    assert.equal(await refuse(of, { saidAt }), 'saidAt too-old')
    assert.equal(await outcomeOf(withdraw(of, given, { saidAt })), 'done')
    assert.equal(
      await outcomeOf(withdraw(of, given, { saidAt: new Date(Date.now() + 86_400_000).toISOString() })),
      'done',
      'what is done already needs nothing more',
    )
  })

  test('twice is once: the second is answered with the first', async () => {
    const of = await screened()
    const given = uuidv7()
    await give(of, { id: given })
    const first = await withdraw(of, given)
    assert.deepEqual(await withdraw(of, given), first)
    const { items } = await marisol.call(consent.list, { params: { case: of } })
    assert.equal(items.filter(one => one.kind === 'withdrawn').length, 1)
  })

  test('counts when it arrives: what was shared before stays shared until then', async () => {
    const celeste = await harness.as('celeste')
    const of = await screened()
    const given = consentBody([shelter])
    const referral = uuidv7()
    await marisol.call(consent.give, { params: { case: of }, body: given })
    const saidAt = new Date(Date.now() - 3 * 86_400_000).toISOString()
    await marisol.call(referrals.send, {
      body: {
        id: referral,
        case: of,
        kind: 'service',
        service: 'food',
        to: shelter,
        urgency: 'routine',
        consent: given.id,
        share: ['ID'],
      },
    })
    const seen = async () => (await celeste.call(referrals.read, { params: { referral } })).identity !== undefined
    assert.equal(await seen(), true)
    await withdraw(of, given.id, { saidAt })
    assert.equal(await seen(), false)
    const { items } = await marisol.call(consent.list, { params: { case: of } })
    const last = items.at(-1)!
    assert.deepEqual([last.kind, last.saidAt, last.recordedAt > saidAt], ['withdrawn', saidAt, true])
  })
})

describe('what is kept from whom', () => {
  test('a guest reads what they may know, and not that something is kept from them', async () => {
    const celeste = await harness.as('celeste')
    const of = await screened()
    const clinic = organisationId('claro-clinic')
    const given = consentBody([shelter], {
      withhold: [
        { recipient: shelter, compartments: ['SVC'] },
        { recipient: clinic, compartments: ['ID', 'SVC', 'STA'] },
      ],
    })
    await marisol.call(consent.give, { params: { case: of }, body: given })
    await marisol.call(referrals.send, {
      body: {
        id: uuidv7(),
        case: of,
        kind: 'service',
        service: 'food',
        to: shelter,
        urgency: 'routine',
        consent: given.id,
        share: ['ID'],
      },
    })
    const own = (await marisol.call(consent.list, { params: { case: of } })).items.at(-1)!
    assert.deepEqual(own.withhold, given.withhold)
    const theirs = (await celeste.call(consent.list, { params: { case: of } })).items.at(-1)!
    assert.deepEqual([theirs.recipients, theirs.compartments, theirs.withhold], [[shelter], ['ID', 'STA'], []])
  })
})
