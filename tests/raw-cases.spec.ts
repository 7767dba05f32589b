import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey } from '../tools/demonstration/people.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { consentBody, keptCase, openedCase, screeningBody } from './harness/make.ts'
import { openRaw, type Raw } from './harness/raw.ts'

// Where a case lies and stands, who was asked and what they answered: changed by the product's own moves, and by no statement
// that somebody with a place in the case could send past them.

const unit = organisationId('counter-trafficking-unit')
const shelter = organisationId('samaan-house')
let harness: Harness
let raw: Raw
/** One that Marisol keeps to herself, one of hers that the unit opened, and one that Dalia is in charge of. */
const of = { officer: '', unit: '', dalia: '' }
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  const body = screeningBody()
  await (await harness.as('marisol')).call(screening.record, { body })
  of.officer = body.case
  of.unit = await openedCase(harness)
  of.dalia = (await keptCase(harness)).id
})
after(async () => {
  await raw?.end()
  await harness?.stop()
})

/** What each of these changes of a folder came to. */
const changed = async (by: PersonKey, id: string, ...sets: string[]) => {
  const told: Record<string, number | string> = {}
  for (const one of sets) told[one] = await raw.tried(by, `update cases.folder set ${one} where id = $1`, [id])
  return told
}
const all = (sets: readonly string[], code: string | number) => Object.fromEntries(sets.map(one => [one, code]))

test('who made a case neither takes it back from the unit, nor gives, opens or decides it', async () => {
  const sets = [
    'holder = null',
    `holder = '${shelter}'`,
    `holder = '${unit}'`,
    `coordinator = '${accountId('dalia')}'`,
    `status = 'closed'`,
    `status = 'opened', opened_at = now()`,
    `identification = 'conclusive-grounds'`,
    'opened_at = now()',
  ]
  // What changes nothing is nobody's loss.
  for (const id of [of.officer, of.unit])
    for (const [set, got] of Object.entries(await changed('marisol', id, ...sets)))
      if (!(id === of.officer && set === 'holder = null')) assert.equal(got, '42501', set)
  assert.equal(
    await raw.tried('marisol', `update cases.folder set holder = null, urgency = 'routine' where id = $1`, [of.unit]),
    '42501',
  )
  const referred = [`identification = 'pending', urgency = 'urgent'`]
  assert.deepEqual(await changed('marisol', of.officer, ...referred), all(referred, 1), 'the control')
})

test('nobody of the unit gives its case away, puts in charge who is no coordinator, or decides without being asked to', async () => {
  const sets = [
    'holder = null',
    `holder = '${shelter}'`,
    'coordinator = null',
    `coordinator = '${accountId('celeste')}'`,
    `coordinator = '${accountId('tobias')}'`,
    `status = 'new'`,
    `urgency = 'emergency'`,
    'opened_at = now()',
  ]
  for (const by of ['tobias', 'ines', 'dalia'] as const)
    assert.deepEqual(await changed(by, of.dalia, ...sets), all(sets, '42501'), by)
  const decided = [`identification = 'reasonable-grounds'`, `identification = 'no-conclusive-grounds'`]
  for (const by of ['tobias', 'dalia'] as const)
    assert.deepEqual(await changed(by, of.dalia, ...decided), all(decided, '42501'), by)
  // The controls: what their own screens do.
  assert.deepEqual(await changed('ines', of.dalia, ...decided.slice(0, 1)), all(decided.slice(0, 1), 1))
  const own = [`coordinator = '${accountId('bastien')}'`, `status = 'closed'`]
  assert.deepEqual(await changed('tobias', of.dalia, ...own), all(own, 1))
})

test('what a case is, and who made it, no statement changes', async () => {
  const fixed = [
    `id = '${uuidv7()}'`,
    `country = 'TTO'`,
    `reference = 'X'`,
    `agency = '${shelter}'`,
    `made_by = '${accountId('tobias')}'`,
    'made_at = now()',
    'key_slot = 1',
    'child = false',
    `sector = 'fishing'`,
    'guarded = false',
  ]
  for (const [by, id] of [
    ['marisol', of.officer],
    ['tobias', of.unit],
    ['dalia', of.dalia],
    ['ines', of.dalia],
  ] as const)
    assert.deepEqual(await changed(by, id, ...fixed), all(fixed, '42501'), by)
  for (const text of [
    'update cases.assignment set account_id = $1',
    'update cases.decision set by_account = $1',
    'update cases.identity set case_id = $1',
    'update cases.location set case_id = $1',
    'update cases.clock set case_id = $1',
  ])
    assert.equal(await raw.tried('dalia', text, [uuidv7()]), '42501', text)
})

test('a case begins new, in nobody’s charge, at its maker’s own agency', async () => {
  const insert = `insert into cases.folder (id, country, reference, status, identification, agency, key_slot, made_by, coordinator)
    values ($1, 'XSA', $2, $3, $4, $5, 1, $6, $7)`
  const made = (status: string, identification: string, agency: string, coordinator: string | null = null) => {
    const id = uuidv7()
    return raw.tried('marisol', insert, [id, id, status, identification, agency, accountId('marisol'), coordinator])
  }
  const own = organisationId('labour-inspectorate')
  assert.equal(await made('new', 'none', own), 1)
  assert.equal(await made('opened', 'none', own), '42501')
  assert.equal(await made('new', 'conclusive-grounds', own), '42501')
  assert.equal(await made('new', 'none', unit), '42501')
  assert.equal(await made('new', 'none', own, accountId('dalia')), '42501')
})

test('who sent a referral answers nothing of it, and who was asked answers in their own name', async () => {
  const [dalia, given, id] = [await harness.as('dalia'), consentBody([shelter]), uuidv7()]
  await dalia.call(consent.give, { params: { case: of.dalia }, body: given })
  const sent = { id, case: of.dalia, kind: 'service', service: 'safe-accommodation', to: shelter } as const
  await dalia.call(referrals.send, { body: { ...sent, urgency: 'urgent', consent: given.id, share: ['ID'] } })
  const set = (by: PersonKey, what: string) =>
    raw.tried(by, `update referrals.referral set ${what} where id = $1`, [id])
  const accepted = (key: PersonKey) => `status = 'accepted', answered_by = '${accountId(key)}'`
  assert.deepEqual(
    {
      sender: [await set('dalia', accepted('dalia')), await set('dalia', `status = 'acknowledged'`)],
      unit: [await set('tobias', accepted('tobias')), await set('tobias', `status = 'declined'`)],
      recipient: [
        await set('celeste', accepted('dalia')),
        await set('celeste', `status = 'revoked'`),
        await set('celeste', `status = 'sent'`),
      ],
      stranger: [await set('jonah', accepted('jonah')), await set('kofi', `status = 'revoked'`)],
    },
    { sender: ['42501', '42501'], unit: ['42501', '42501'], recipient: ['42501', '42501', '42501'], stranger: [0, 0] },
  )
  assert.deepEqual(
    [
      await set('celeste', accepted('celeste')),
      await set('celeste', `status = 'acknowledged'`),
      await set('dalia', `status = 'revoked'`),
      await set('tobias', `status = 'revoked'`),
    ],
    [1, 1, 1, 1],
    'the controls',
  )
  for (const fixed of [
    'shared = 127',
    `to_organisation = '${unit}'`,
    `from_account = '${accountId('celeste')}'`,
    'case_id = id',
    'consent_id = id',
    `country = 'TTO'`,
  ])
    for (const by of ['dalia', 'celeste', 'tobias'] as const) assert.equal(await set(by, fixed), '42501', fixed)
  const insert = `insert into referrals.referral (id, case_id, country, kind, service, from_organisation, from_account, to_organisation, urgency,
      status, answered_by, consent_id, shared, due_at, warn_at)
    values (gen_random_uuid(), $1, 'XSA', 'service', 'food', $2, $3, $4, 'urgent', $5, $6, $7, 65, now(), now())`
  const asks = (from: string, to: string, status = 'sent', by: string | null = null, on: string = given.id) =>
    raw.tried('dalia', insert, [of.dalia, from, accountId('dalia'), to, status, by, on])
  const { rows } = await raw.truth.query('select id from consent.record where case_id = $1 limit 1', [of.unit])
  assert.deepEqual(
    {
      asks: await asks(unit, shelter),
      answered: await asks(unit, shelter, 'accepted', accountId('celeste')),
      elsewhere: await asks(shelter, shelter),
      of_another: await asks(unit, shelter, 'sent', null, rows[0].id),
    },
    { asks: 1, answered: '42501', elsewhere: '42501', of_another: '42501' },
  )
})

test('a referral goes on by its steps alone: none is jumped, and none is taken back', async () => {
  const [dalia, given] = [await harness.as('dalia'), consentBody([shelter])]
  await dalia.call(consent.give, { params: { case: of.dalia }, body: given })
  const asked = { case: of.dalia, kind: 'service', service: 'safe-accommodation', to: shelter } as const
  const by = (key: PersonKey) => `answered_by = '${accountId(key)}'`
  /** Whether this person's statement passes, of a referral that stands there. */
  const tries = async (standing: string, who: PersonKey, set: string) => {
    const id = uuidv7()
    await dalia.call(referrals.send, { body: { ...asked, id, share: ['ID'], urgency: 'urgent', consent: given.id } })
    const answered = ['accepted', 'partly-accepted', 'in-service', 'declined', 'done', 'ended'].includes(standing)
    await raw.truth.query(
      `update referrals.referral set status = $2, answered_by = $3, place_taken = $4,
         decline_reason = case when $2 = 'declined' then 'full' end, outcome = case when $2 = 'done' then 'helped' end,
         end_reason = case when $2 = 'ended' then 'moved' end where id = $1`,
      [id, standing, answered ? accountId('celeste') : null, answered && standing !== 'declined' ? 'woman' : null],
    )
    const done = await raw.tried(who, `update referrals.referral set ${set} where id = $1`, [id])
    await raw.truth.query('delete from referrals.referral where id = $1', [id])
    return done
  }
  const refused: readonly (readonly [string, PersonKey, string])[] = [
    ['sent', 'celeste', `status = 'done', outcome = 'helped', ${by('celeste')}`],
    ['sent', 'celeste', `status = 'in-service', began_at = now(), ${by('celeste')}`],
    ['acknowledged', 'celeste', `status = 'ended', end_reason = 'moved'`],
    ['acknowledged', 'celeste', `status = 'acknowledged', acknowledged_at = now()`],
    ['accepted', 'celeste', `status = 'declined', decline_reason = 'full', ${by('celeste')}`],
    ['accepted', 'celeste', `status = 'accepted', ${by('celeste')}, place_taken = 'man'`],
    ['accepted', 'dalia', `status = 'revoked', answered_by = null`],
    ['accepted', 'dalia', `status = 'ended', end_reason = 'moved', place_taken = 'man'`],
    ['accepted', 'dalia', `status = 'ended', end_reason = 'moved', answered_by = null`],
    ['accepted', 'celeste', `status = 'in-service', outcome = 'helped'`],
    ['in-service', 'celeste', `status = 'in-service', began_at = now()`],
    ['in-service', 'celeste', `status = 'accepted', ${by('celeste')}`],
    ['in-service', 'celeste', `status = 'done', outcome = 'helped', began_at = now()`],
    ['declined', 'celeste', `status = 'accepted', ${by('celeste')}`],
    ['done', 'celeste', `status = 'ended', end_reason = 'moved', outcome = null`],
    ['sent', 'dalia', `status = 'revoked', sealed_answer = 'x'`],
    ['sent', 'celeste', `status = 'acknowledged', place_taken = 'woman'`],
  ]
  for (const [standing, who, set] of refused)
    assert.ok(['42501', 0].includes(await tries(standing, who, set)), `${standing}, ${who}: ${set}`)
  const allowed: readonly (readonly [string, PersonKey, string])[] = [
    ['sent', 'celeste', `status = 'acknowledged', acknowledged_at = now()`],
    ['acknowledged', 'celeste', `status = 'accepted', ${by('celeste')}, place_taken = 'woman', sealed_answer = 'x'`],
    ['sent', 'celeste', `status = 'declined', decline_reason = 'full', ${by('celeste')}`],
    ['sent', 'dalia', `status = 'revoked'`],
    ['accepted', 'celeste', `status = 'in-service', began_at = now()`],
    ['partly-accepted', 'celeste', `status = 'done', outcome = 'helped', place_taken = null`],
    ['in-service', 'celeste', `status = 'ended', end_reason = 'moved', finished_at = now()`],
    ['accepted', 'dalia', `status = 'ended', end_reason = 'moved'`],
  ]
  for (const [standing, who, set] of allowed)
    assert.equal(await tries(standing, who, set), 1, `${standing}, ${who}: ${set}`)
})

test('the ledger of consents and the list of tasks are changed by no statement at all', async () => {
  const dalia = await harness.as('dalia')
  await dalia.call(tasks.people, { params: { case: of.dalia } })
  for (const by of ['marisol', 'tobias', 'dalia', 'ines', 'celeste', 'odette', 'wren'] as const)
    for (const text of [
      `update consent.record set compartments = 127`,
      'delete from consent.record',
      `update tasks.task set state = 'done'`,
      'delete from tasks.task',
      `insert into tasks.task (id, country, kind, organisation_id, role) values (gen_random_uuid(), 'XSA', 'call', gen_random_uuid(), 'intake')`,
    ])
      assert.equal(await raw.tried(by, text), '42501', `${by} ${text}`)
})
