import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../../tests/harness/make.ts'
import { openRaw, type Raw } from '../../../../../tests/harness/raw.ts'
import type { PersonKey } from '../../../../../tools/demonstration/people.ts'
import { organisationId } from '../../../../../tools/demonstration/people.ts'
import { referrals } from '../../contract.ts'
import { feedback } from '../../contract-feedback.ts'
import { askedOf, helpGiven } from '../../make.ts'

// What the person says of a help, to who works for them: written down, replaced, taken back, and never read where it was given.

let harness: Harness
let raw: Raw
let truth: Raw['truth']
let dalia: Persona
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  truth = raw.truth
  dalia = await harness.as('dalia')
})
after(async () => {
  await raw?.end()
  await harness?.stop()
})

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    error =>
      error.fields?.map((one: { field: string; code: string }) => `${one.field} ${one.code}`).join() || error.code,
  )
const said = { respect: 'yes', explained: 'partly', agreed: 'no', safe: 'yes', again: null } as const
const words = 'They let me sleep. Planted: the blue gate.'
const tell = (by: Persona, referral: string, body: object = { ...said, words }) =>
  refusal(by.call(feedback.tell, { params: { referral }, body: body as typeof said }))
const read = (by: Persona, referral: string) => by.call(feedback.read, { params: { referral } })
async function helped(status: 'accepted' | 'in-service' | 'done' | 'ended' = 'done') {
  const { id } = await keptCase(harness)
  return { id, ...(await helpGiven(harness, id, status)) }
}

test('the coordinator writes down what the person says, and reads it again', async () => {
  const { id, referral } = await helped()
  assert.deepEqual(await read(dalia, referral), { open: true, said: null, moves: ['tell'] })
  assert.equal(await tell(dalia, referral), 'done')
  const found = await read(dalia, referral)
  assert.deepEqual([found.said?.answers, found.said?.words, found.said?.toldTo], [said, words, 'Dalia Moreau'])
  assert.deepEqual(found.moves, ['tell', 'take-back'])
  const timeline = (await dalia.call(cases.read, { params: { case: id } })).timeline
  const entry = timeline.find(one => one.event === 'referral.feedback')!
  assert.deepEqual(Object.keys(entry.about ?? {}), [], 'without a word of it')
  const { rows } = await truth.query('select f::text as row from referrals.feedback f where referral_id = $1', [
    referral,
  ])
  assert.doesNotMatch(rows[0].row, /Planted|gate/)
})

test('what is said later takes the place of what was said before, and can be taken back whole', async () => {
  const { referral } = await helped('in-service')
  await tell(dalia, referral)
  const later = { respect: null, explained: null, agreed: null, safe: 'no', again: 'no' } as const
  assert.equal(await tell(dalia, referral, later), 'done')
  const found = await read(dalia, referral)
  assert.deepEqual([found.said?.answers, found.said?.words], [later, undefined])
  const takeBack = () => refusal(dalia.call(feedback.takeBack, { params: { referral } }))
  assert.equal(await takeBack(), 'done')
  assert.equal((await read(dalia, referral)).said, null)
  assert.equal(await takeBack(), 'not-now')
  assert.equal((await truth.query('select 1 from referrals.feedback where referral_id = $1', [referral])).rowCount, 0)
})

test('nothing is said before help has begun, and saying nothing writes nothing', async () => {
  const { referral } = await helped('accepted')
  assert.equal((await read(dalia, referral)).open, false)
  assert.equal(await tell(dalia, referral), 'not-now')
  const ended = await helped('ended')
  assert.equal(await tell(dalia, ended.referral), 'done')
  const done = await helped()
  const nothing = { respect: null, explained: null, agreed: null, safe: null, again: null }
  assert.equal(await tell(dalia, done.referral, nothing), 'respect required')
  assert.equal(await tell(dalia, done.referral, { ...said, words: 'x'.repeat(501) }), 'words too-long')
  assert.equal((await read(dalia, done.referral)).said, null)
})

test('intake of the unit reads the answers, and not the words', async () => {
  const { referral } = await helped()
  await tell(dalia, referral)
  const found = await read(await harness.as('tobias'), referral)
  assert.deepEqual([found.said?.answers, found.said?.words], [said, undefined])
})

test('who met the person writes it down, and reads none of it', async () => {
  const [marisol, celeste] = await Promise.all([harness.as('marisol'), harness.as('celeste')])
  const { referral } = await askedOf(harness, { id: organisationId('samaan-house') })
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  await celeste.call(referrals.begin, { params: { referral }, version: 2, body: {} })
  assert.equal(await tell(marisol, referral), 'done')
  const found = await read(marisol, referral)
  assert.deepEqual(
    [found.said?.toldTo, found.said?.answers, found.said?.words],
    ['Marisol Prentice', undefined, undefined],
  )
  const other = await helped()
  assert.equal(await tell(marisol, other.referral), 'not-found', 'of a help that somebody else asked for')
})

test('who gave the help learns nothing: not an answer, not a word, not that there is one', async () => {
  const { referral } = await helped('in-service')
  const celeste = await harness.as('celeste')
  const params = { referral }
  const before = await celeste.call(referrals.read, { params })
  await tell(dalia, referral)
  assert.deepEqual(await celeste.call(referrals.read, { params }), before)
  assert.equal(await tell(celeste, referral), 'not-found')
  assert.equal(await refusal(read(celeste, referral)), 'not-found')
  assert.equal(await refusal(celeste.call(feedback.takeBack, { params })), 'not-found')
})

test('nor does who works there beside their work in the unit', async () => {
  const { referral } = await helped()
  await tell(dalia, referral)
  const there = [uuidv7(), dalia.account, organisationId('samaan-house')]
  await truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country, until, confirmed_at, granted_by)
     select $1, $2, $3, 'provider', 'XSA', 'infinity', now(), s.granted_by from auth.assignment s limit 1`,
    there,
  )
  try {
    assert.equal(await refusal(read(dalia, referral)), 'not-found')
    assert.equal(await tell(dalia, referral), 'not-found')
    assert.equal(await raw.tried('dalia', 'select * from referrals.feedback_of($1)', [referral]), '42501')
  } finally {
    await truth.query('delete from auth.assignment where id = $1', [there[0]])
  }
  assert.equal((await read(dalia, referral)).said?.words, words)
})

const answers = ['yes', null, null, null, null]
test('the database says the same past the server, to everybody and of every table', async () => {
  const { referral } = await helped('in-service')
  const tried = (by: PersonKey, role?: 'provider' | 'supervisor' | 'coordinator') =>
    raw.tried(by, 'select referrals.tell_feedback($1, $2, null, $3)', [referral, answers, uuidv7()], role)
  assert.equal(await tried('dalia'), 1, 'the control')
  assert.equal(await tried('tobias'), 1)
  for (const by of ['marisol', 'kofi', 'ines', 'celeste', 'jonah', 'odette', 'silas', 'wren', 'petra'] as const)
    assert.equal(await tried(by), '42501', by)
  for (const role of ['provider', 'supervisor'] as const) assert.equal(await tried('dalia', role), '42501', role)
  for (const by of ['dalia', 'tobias', 'celeste'] as const) {
    for (const text of ['select 1 from referrals.feedback', 'delete from referrals.feedback'])
      assert.equal(await raw.tried(by, text), '42501')
    for (const [text, values] of [
      ['select referrals.put_feedback($1, $2, null, null, $3)', [referral, answers, uuidv7()]],
      ['select referrals.drop_feedback($1, null, $2)', [referral, uuidv7()]],
      ['select referrals.hears($1, true)', [referral]],
    ] as const)
      assert.equal(await raw.tried(by, text, [...values]), '42501', text)
    // The person's own way is nobody's who works here.
    const own = 'select 1 where referrals.say_own($1, $2, null, $3) is not null'
    assert.equal(await raw.tried(by, own, [referral, answers, uuidv7()]), 0)
  }
  assert.equal((await truth.query('select 1 from referrals.feedback where referral_id = $1', [referral])).rowCount, 0)
})
