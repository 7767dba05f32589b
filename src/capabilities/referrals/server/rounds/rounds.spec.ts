import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { consentBody, explained, keptCase } from '../../../../../tests/harness/make.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { referrals } from '../../contract.ts'
import { type Round, rounds } from '../../contract-rounds.ts'
import { overdue } from '../overdue.ts'
import { nextTurnJob } from './next-turn.ts'

// Several are asked for one help: all at once, or one after another.

let harness: Harness
let truth: pg.Client
let jobs: pg.Pool
let dalia: Persona
let celeste: Persona
let jonah: Persona
const [shelter, clinic, aid] = [
  organisationId('samaan-house'),
  organisationId('claro-clinic'),
  organisationId('legal-aid'),
]
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  jobs = pool(harness.database.url('jobs'), 1, 'test')
  ;[dalia, celeste, jonah] = await Promise.all([harness.as('dalia'), harness.as('celeste'), harness.as('jonah')])
})
after(async () => {
  await Promise.all([truth.end(), jobs.end()])
  await harness.stop()
})

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error =>
      error.fields?.map((one: { field: string; code: string }) => `${one.field} ${one.code}`).join() || error.code,
  )
/** Both jobs, as they run every minute; `hours` from now. */
async function minute(hours = 0): Promise<void> {
  const now = new Date(Date.now() + hours * 3_600_000)
  await inTransaction(jobs, undefined, tx => overdue.run(tx, now))
  await inTransaction(jobs, undefined, tx => nextTurnJob(harness.services).run(tx, now))
}
type Body = In<(typeof rounds.askSeveral)['body']>
async function asked(way: 'at-once' | 'in-turn', recipients = [shelter, clinic, aid], change: Partial<Body> = {}) {
  const { id } = await keptCase(harness)
  const given = consentBody(change.to ? [...new Set([...recipients, shelter, clinic])] : recipients)
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const to = recipients.map(organisation => ({ id: uuidv7(), organisation }))
  const body: Body = {
    ...{ id: uuidv7(), case: id, service: 'psychosocial', way, urgency: 'urgent', consent: given.id, share: ['ID'] },
    ...{ message: 'She would like to talk to a woman.', to, ...change },
  }
  return { id, body, given, outcome: await refusal(dalia.call(rounds.askSeveral, { body })) }
}
const roundOf = async (id: string): Promise<Round> =>
  (await dalia.call(rounds.ofCase, { params: { case: id } })).items[0]!
const statuses = async (id: string) => (await roundOf(id)).asked.map(one => one.status)
const shares = async (id: string) =>
  (
    await truth.query(
      `select a.principal from policy.case_access a join referrals.referral r on r.id = a.basis_id and r.round_id is not null
     where a.case_id = $1 and a.basis = 'share'`,
      [id],
    )
  ).rows.map(one => one.principal as string)
const told = async (id: string) =>
  (await dalia.call(cases.read, { params: { case: id } })).timeline
    .map(one => one.event)
    .filter(one => /^ref/.test(one))
type Verb = 'accept' | 'decline'
const say = (by: Persona, verb: Verb, referral: string, body: Record<string, unknown> = {}, version = 1) =>
  refusal(by.call(referrals[verb] as typeof referrals.accept, { params: { referral }, version, body }))

test('all at once: the first who says yes gives it, the others are told that it is not needed and see nothing more', async () => {
  const { id, body, outcome } = await asked('at-once')
  assert.equal(outcome, 'done')
  assert.deepEqual((await shares(id)).sort(), [shelter, clinic, aid].sort())
  assert.equal((await roundOf(id)).state, 'asking')
  assert.equal(await say(celeste, 'decline', body.to[0]!.id, { reason: 'no-place' }), 'done')
  assert.equal((await roundOf(id)).state, 'asking')
  assert.equal(await say(jonah, 'accept', body.to[1]!.id), 'done')
  const round = await roundOf(id)
  assert.deepEqual([round.state, round.moves], ['answered', []])
  assert.deepEqual(await statuses(id), ['declined', 'accepted', 'revoked'])
  assert.deepEqual(await shares(id), [clinic])
  assert.ok((await told(id)).includes('referral.not-needed'))
  await minute(900)
  assert.deepEqual(await statuses(id), ['declined', 'accepted', 'revoked'])
})

test('of two who say yes at the same moment one gives it, and the other is told that it moved on', async () => {
  for (let n = 0; n < 8; n += 1) {
    const { id, body } = await asked('at-once', [shelter, clinic])
    const said = await Promise.all([say(celeste, 'accept', body.to[0]!.id), say(jonah, 'accept', body.to[1]!.id)])
    assert.equal(said.filter(one => one === 'done').length, 1, said.join())
    assert.match(said.find(one => one !== 'done')!, /version-stale|already-answered|not-found/)
    assert.deepEqual((await statuses(id)).sort(), ['accepted', 'revoked'])
    assert.equal((await shares(id)).length, 1)
  }
})

test('a part that somebody takes on leaves the others asked', async () => {
  const { id, body } = await asked('at-once', [shelter, clinic])
  assert.equal(await say(celeste, 'accept', body.to[0]!.id, { part: true, answer: 'Mondays only.' }), 'done')
  assert.deepEqual(await statuses(id), ['partly-accepted', 'sent'])
  assert.equal(await say(jonah, 'decline', body.to[1]!.id, { reason: 'language' }), 'done')
  await minute()
  assert.equal((await roundOf(id)).state, 'answered')
})

test('one after another: the next is asked when somebody says no or nothing, and only then sees anything', async () => {
  const { id, body } = await asked('in-turn')
  assert.deepEqual([await statuses(id), await shares(id)], [['sent'], [shelter]])
  assert.deepEqual((await roundOf(id)).next, ['Claro Clinic', 'Legal Aid Office'])
  await minute()
  assert.deepEqual(await statuses(id), ['sent'], 'nobody else while it is open')
  assert.equal(await refusal(jonah.call(referrals.read, { params: { referral: body.to[1]!.id } })), 'not-found')
  assert.equal(await refusal(celeste.call(rounds.ofCase, { params: { case: id } })), 'not-found')
  await say(celeste, 'decline', body.to[0]!.id, { reason: 'no-place' })
  await minute()
  assert.deepEqual([await statuses(id), await shares(id)], [['declined', 'sent'], [clinic]])
  const seen = await jonah.call(referrals.read, { params: { referral: body.to[1]!.id } })
  assert.deepEqual([seen.message, seen.fromPerson], [body.message, 'Dalia Moreau'])
  assert.ok(seen.identity)
  // Twice its time without a word.
  await minute(900)
  assert.deepEqual([await statuses(id), await shares(id)], [['declined', 'expired', 'sent'], [aid]])
  await minute(1800)
  const round = await roundOf(id)
  assert.deepEqual([round.state, round.next, await shares(id)], ['nobody', [], []])
  assert.deepEqual((await told(id)).filter(one => /passed|nobody/.test(one)).sort(), [
    'referral.nobody',
    'referral.passed-on',
    'referral.passed-on',
  ])
  const waiting = (await dalia.call(tasks.today, { query: {} })).items.find(
    one => one.kind === 'answer' && one.case === id && one.code === 'nobody',
  )
  assert.equal(waiting?.id, body.to[2]!.id)
})

test('what was shared by rule stands in the log of the case, on the consent that it rested on', async () => {
  const { id, body, given } = await asked('in-turn', [shelter, clinic])
  await say(celeste, 'decline', body.to[0]!.id, { reason: 'no-place' })
  await minute()
  const { rows } = await truth.query(
    `select body::jsonb as event from audit.event where case_id = $1 and operation = 'referrals.nextTurn'`,
    [id],
  )
  assert.equal(rows.length, 1)
  const { event } = rows[0]
  assert.deepEqual([event.actor, event.organisation, event.basis], [null, clinic, given.id])
  assert.deepEqual(event.compartments, ['ID', 'STA'])
})

test('who withdraws asks nobody any more: the one who was asked is closed, and the next never hears of it', async () => {
  const { id, given } = await asked('in-turn')
  const body = { id: uuidv7(), ...explained('withdrawing-1' as const) }
  await dalia.call(consent.withdraw, { params: { case: id, consent: given.id }, body })
  await minute()
  const round = await roundOf(id)
  assert.deepEqual([round.state, round.next, await statuses(id), await shares(id)], ['stopped', [], ['revoked'], []])
})

test('the next is asked only while all that allowed it stands', async () => {
  const ways: readonly (readonly [string, string, unknown[]])[] = [
    ['the organisation is there no more', 'update directory.organisation set active = $2 where id = $1', [clinic]],
    [
      'the case is closed',
      `update cases.folder set status = case when $2 then 'opened' else 'closed' end where id = $1`,
      [],
    ],
    [
      'who asked is gone',
      `update auth.account set status = case when $2 then 'active' else 'disabled' end where name = $1`,
      ['Dalia Moreau'],
    ],
  ]
  for (const [why, text, values] of ways) {
    const { id, body } = await asked('in-turn', [shelter, clinic])
    await say(celeste, 'decline', body.to[0]!.id, { reason: 'no-place' })
    const about = values.length > 0 ? values : [id]
    await truth.query(text, [...about, false])
    await minute()
    await truth.query(text, [...about, true])
    const { rows } = await truth.query(
      'select status from referrals.referral where case_id = $1 and round_id is not null',
      [id],
    )
    assert.deepEqual(
      rows.map(one => one.status),
      ['declined'],
      why,
    )
    assert.deepEqual(await shares(id), [], why)
    await minute()
  }
})

test('who asked stops it: what is open is taken back, and nobody else is asked', async () => {
  const { id, body } = await asked('in-turn')
  const stop = (by: Persona) => refusal(by.call(rounds.stop, { params: { round: body.id }, body: {} }))
  for (const key of ['celeste', 'ines', 'marisol'] as const)
    assert.equal(await stop(await harness.as(key)), 'not-found', key)
  assert.equal(await stop(dalia), 'done')
  assert.equal(await stop(dalia), 'not-now')
  assert.deepEqual([await statuses(id), (await roundOf(id)).state, await shares(id)], [['revoked'], 'stopped', []])
  await minute(900)
  assert.deepEqual(await statuses(id), ['revoked'])
})

test('who takes the one back who was asked ends the round with it', async () => {
  const { id, body } = await asked('in-turn')
  await dalia.call(referrals.revoke, { params: { referral: body.to[0]!.id }, version: 1, body: {} })
  await minute()
  assert.deepEqual([(await roundOf(id)).state, await statuses(id)], ['stopped', ['revoked']])
})

test('of several who are asked at once who asked takes one back and the others say no: who asked is told that nobody could', async () => {
  for (const taken of [0, 1, 2]) {
    const { id, body } = await asked('at-once')
    const others = body.to.filter((_, n) => n !== taken)
    const by = new Map([
      [shelter, celeste],
      [clinic, jonah],
    ])
    const back = { params: { referral: body.to[taken]!.id }, version: 1, body: {} }
    await dalia.call(referrals.revoke, back)
    for (const one of others)
      if (by.has(one.organisation))
        assert.equal(await say(by.get(one.organisation)!, 'decline', one.id, { reason: 'no-place' }), 'done')
    // Whoever is left says nothing in time.
    await minute(900)
    await minute(900)
    assert.equal((await roundOf(id)).state, 'nobody', `${taken} was taken back`)
  }
})

test('nobody is asked whom the person did not name, nobody twice, and then nothing at all is stored', async () => {
  const whom = (organisation: string) => ({ id: uuidv7(), organisation })
  const same = whom(shelter)
  const tries: readonly (readonly [Partial<Body>, string])[] = [
    [{ to: [whom(shelter), whom(clinic), whom(organisationId('police'))] }, 'share not-agreed'],
    [{ to: [same, whom(shelter)] }, 'to.1.organisation twice'],
    [{ to: [same, { ...same, organisation: clinic }] }, 'to.1.id twice'],
    [{ to: [whom(shelter)] }, 'to too-small'],
    [{ to: [whom(shelter), whom(uuidv7())] }, 'to.1.organisation not-offered'],
    [{ to: [whom(shelter), { ...whom(clinic), offer: uuidv7() }] }, 'to.1.offer not-offered'],
    [{ share: ['LOC'] }, 'share.0 not-offered'],
    [{ consent: uuidv7() }, 'consent no-consent'],
  ]
  for (const [change, expected] of tries) {
    const { id, outcome } = await asked('in-turn', [shelter, clinic], change)
    assert.equal(outcome, expected)
    assert.equal(await roundOf(id), undefined)
    assert.deepEqual(await shares(id), [])
  }
})
