import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained, keptCase } from '../../../../../tests/harness/make.ts'
import { openRaw, type Raw } from '../../../../../tests/harness/raw.ts'
import { organisationId, type PersonKey, people } from '../../../../../tools/demonstration/people.ts'
import { referrals } from '../../contract.ts'
import { whereabouts } from '../../contract-whereabouts.ts'
import { askedOf, helpGiven } from '../../make.ts'

// Where to bring the person: said by the safe place that took them on, read by it and by who is in charge, by nobody else.

let harness: Harness
let raw: Raw
let truth: Raw['truth']
let dalia: Persona
let celeste: Persona
before(async () => {
  harness = await startHarness()
  raw = await openRaw(harness)
  truth = raw.truth
  ;[dalia, celeste] = await Promise.all([harness.as('dalia'), harness.as('celeste')])
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
const words = 'At nine by the blue boathouse; ask for Perla. Planted: heron.'
const say = (referral: string, version = 0, text = words, by = celeste) =>
  by.call(whereabouts.say, { params: { referral }, version, body: { id: uuidv7(), text } })
const takeBack = (referral: string, version: number, by = celeste) =>
  by.call(whereabouts.takeBack, { params: { referral }, version, body: { id: uuidv7() } })
const read = (by: Persona, referral: string) => by.call(whereabouts.read, { params: { referral } })
const nothing = { text: null, at: null, by: null, version: 0 }
async function helped(until: Parameters<typeof helpGiven>[2] = 'accepted') {
  const { id } = await keptCase(harness)
  return { id, ...(await helpGiven(harness, id, until)) }
}
const eventsIn = async (id: string, event: string) =>
  (
    await truth.query(
      `select actor_id, body::jsonb as body from audit.event where case_id = $1 and body::jsonb ->> 'event' = $2 order by at`,
      [id, event],
    )
  ).rows

test('the shelter says where to bring the person, and the coordinator in charge asks and is told, written down each time', async () => {
  const { id, referral } = await helped()
  assert.deepEqual(await read(dalia, referral), nothing)
  const before = await eventsIn(id, 'referral.where-shown')
  await say(referral)
  for (const by of [dalia, celeste]) {
    const found = await read(by, referral)
    assert.deepEqual([found.text, found.by, found.version], [words, 'Celeste Abara', 1])
  }
  const shown = (await eventsIn(id, 'referral.where-shown')).slice(before.length)
  assert.deepEqual(
    shown.map(one => [one.actor_id, one.body.purpose]),
    [
      [dalia.account, 'assistance'],
      [celeste.account, 'assistance'],
    ],
  )
  const { rows } = await truth.query(
    `select w::text as row from referrals.whereabouts w where referral_id = $1
     union all select body::text from audit.event where case_id = $2`,
    [referral, id],
  )
  assert.doesNotMatch(JSON.stringify(rows), /boathouse|Planted/)
})

test('it is said anew on the version that stands, and taken back; what was said before is never changed', async () => {
  const { referral } = await helped('in-service')
  await say(referral)
  assert.equal(await refusal(say(referral, 0, 'By the old mill.')), 'version-stale')
  await say(referral, 1, 'By the old mill.')
  assert.equal((await read(dalia, referral)).text, 'By the old mill.')
  assert.equal(await refusal(takeBack(referral, 1)), 'version-stale')
  await takeBack(referral, 2)
  for (const by of [dalia, celeste]) assert.deepEqual(await read(by, referral), { ...nothing, version: 3 })
  assert.equal(await refusal(takeBack(referral, 3)), 'not-now')
  const { rows } = await truth.query(
    'select sealed is null as none from referrals.whereabouts where referral_id = $1 order by version',
    [referral],
  )
  assert.deepEqual(rows, [{ none: false }, { none: false }, { none: true }])
  assert.equal(await refusal(say(referral, 3, '')), 'text required')
  assert.equal(await refusal(say(referral, 3, 'x'.repeat(2001))), 'text too-long')
})

test('of two who say it at once, one does', async () => {
  const { referral } = await helped()
  const both = await Promise.all([refusal(say(referral)), refusal(say(referral))])
  assert.deepEqual(both.sort(), ['done', 'version-stale'])
})

test('it stands in nothing else: no referral, no case, no file of the case, no history but the coordinator’s', async () => {
  const { id, referral } = await helped()
  const params = { case: id }
  const answers = async (key: PersonKey) => {
    const by = await harness.as(key)
    const paths = [`/referrals/${referral}`, `/cases/${id}`, `/cases/${id}/file`, `/cases/${id}/asked`]
    return Promise.all(
      [
        ...paths,
        '/referrals?box=inbox',
        '/referrals?box=sent',
        '/tasks/today',
        '/referrals?box=inbox&search=heron',
      ].map(async path => (await (await by.fetch(`/api${path}`)).text()).replace(/"request":"[^"]*"/, '')),
    )
  }
  const keys = ['tobias', 'ines', 'celeste', 'marisol', 'petra', 'bastien', 'wren'] as const
  const before = new Map<string, string[]>()
  for (const key of keys) before.set(key, await answers(key))
  await say(referral)
  for (const key of keys) assert.deepEqual(await answers(key), before.get(key), key)
  assert.ok(!(await answers('dalia')).join().includes('boathouse'))
  const history = (await dalia.call(cases.read, { params })).timeline
  const entry = history.find(one => one.event === 'referral.where-said')!
  assert.deepEqual([entry.name, Object.keys(entry.about ?? {})], ['Celeste Abara', []])
})

test('to everybody else there is no such referral, or none of them may ask', async () => {
  const { referral } = await helped()
  await say(referral)
  let asked = 0
  for (const { key } of people) {
    const by = await harness.as(key)
    if (key !== 'dalia' && key !== 'celeste') {
      assert.equal(await refusal(read(by, referral)), 'not-found', key)
      asked += 1
    }
    if (key === 'celeste') continue
    assert.equal(await refusal(say(referral, 1, 'Elsewhere.', by)), 'not-found', key)
    assert.equal(await refusal(takeBack(referral, 1, by)), 'not-found', key)
  }
  assert.ok(asked > 10)
  assert.equal((await read(dalia, referral)).text, words)
})

test('who asked for the help and is not in charge is told nothing', async () => {
  const { referral } = await askedOf(harness, { id: organisationId('samaan-house') })
  const marisol = await harness.as('marisol')
  assert.equal(await refusal(say(referral)), 'not-found', 'before the yes')
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  await say(referral)
  assert.equal((await read(celeste, referral)).text, words)
  assert.equal(await refusal(read(marisol, referral)), 'not-found')
  assert.equal(await refusal(read(dalia, referral)), 'not-found', 'not in charge of them')
})

test('a help that waits for its answer is not the one that was taken on beside it', async () => {
  const { id, referral, consent: given } = await helped()
  await say(referral)
  const waits = uuidv7()
  const of = { id: waits, case: id, kind: 'service', service: 'food', urgency: 'urgent', consent: given } as const
  await dalia.call(referrals.send, { body: { ...of, to: organisationId('samaan-house'), share: ['STA'] } })
  const refused = await Promise.all([read(celeste, waits), say(waits), takeBack(waits, 0)].map(refusal))
  assert.deepEqual(refused, ['not-found', 'not-found', 'not-found'])
  assert.deepEqual(await read(dalia, waits), nothing)
  assert.equal((await read(celeste, referral)).text, words)
})

test('a clinic that took the person on says nothing of it: LOC is the shelter’s and the coordinator’s', async () => {
  const { id } = await keptCase(harness)
  const { referral } = await helpGiven(harness, id, 'accepted', 'jonah')
  const jonah = await harness.as('jonah')
  assert.equal(await refusal(say(referral, 0, words, jonah)), 'not-found')
  assert.equal(await refusal(read(jonah, referral)), 'not-found')
  assert.deepEqual(await read(dalia, referral), nothing)
})

test('whoever gave the case away is told no more, and who has it now is', async () => {
  const { id, referral } = await helped()
  await say(referral)
  const [tobias, bastien] = await Promise.all([harness.as('tobias'), harness.as('bastien')])
  const { version } = await tobias.call(cases.read, { params: { case: id } })
  await tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: bastien.account } })
  assert.equal((await read(bastien, referral)).text, words)
  assert.equal(await refusal(read(dalia, referral)), 'not-found')
})

test('once the help is over nobody reads it, nor says anything anew', async () => {
  const { referral } = await helped()
  await say(referral)
  await celeste.call(referrals.end, { params: { referral }, version: 2, body: { reason: 'moved' } })
  assert.equal(await refusal(read(celeste, referral)), 'not-found')
  assert.equal(await refusal(say(referral, 1)), 'not-found')
  assert.deepEqual(await read(dalia, referral), nothing)
})

test('a withdrawn consent ends it for the shelter; who is in charge still finds the person', async () => {
  const { id, referral, consent: given } = await helped('in-service')
  await say(referral)
  await dalia.call(consent.withdraw, {
    params: { case: id, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  assert.equal(await refusal(read(celeste, referral)), 'not-found')
  assert.equal(await refusal(say(referral, 1)), 'not-found')
  assert.equal(await refusal(takeBack(referral, 1)), 'not-found')
  assert.equal((await read(dalia, referral)).text, words)
})

test('the referral says who may ask and who may say, and never that it was said', async () => {
  const { referral } = await helped()
  const moves = async (by: Persona) =>
    (await by.call(referrals.read, { params: { referral } })).moves.filter(one => /Where$/.test(one))
  for (const times of [0, 1]) {
    if (times === 1) await say(referral)
    assert.deepEqual(await moves(dalia), ['readWhere'])
    assert.deepEqual(await moves(celeste), ['readWhere', 'sayWhere'])
    assert.deepEqual(await moves(await harness.as('tobias')), [])
  }
  await celeste.call(referrals.end, { params: { referral }, version: 2, body: { reason: 'moved' } })
  for (const by of [dalia, celeste]) assert.deepEqual(await moves(by), [])
})

test('the database says the same past the server, to everybody and of every table', async () => {
  const { referral } = await helped('in-service')
  const said = (by: PersonKey, role?: Parameters<Raw['tried']>[3]) =>
    raw.tried(
      by,
      'select referrals.say_where($1, $2, $3, 0, $4)',
      [referral, uuidv7(), Buffer.from('x'), uuidv7()],
      role,
    )
  const told = (by: PersonKey, role?: Parameters<Raw['tried']>[3]) =>
    raw.tried(by, 'select * from referrals.where_of($1)', [referral], role)
  assert.equal(await said('celeste'), 1, 'the control')
  await say(referral)
  for (const by of ['celeste', 'dalia'] as const) assert.equal(await told(by), 1, by)
  assert.equal(await said('dalia'), '42501')
  for (const { key } of people) {
    if (key === 'celeste' || key === 'dalia') continue
    assert.equal(await said(key), '42501', key)
    assert.equal(await told(key), '42501', key)
  }
  for (const role of ['provider', 'intake', 'supervisor'] as const) {
    assert.equal(await told('celeste', role), '42501', role)
    assert.equal(await said('celeste', role), '42501', role)
    assert.equal(await told('dalia', role), '42501', role)
  }
  for (const by of ['dalia', 'celeste'] as const)
    for (const text of ['select 1 from referrals.whereabouts', 'delete from referrals.whereabouts'])
      assert.equal(await raw.tried(by, text), '42501')
  assert.equal(await raw.tried('celeste', 'select referrals.reaches_where($1, true)', [referral]), '42501')
  const history = `select 1 from cases.timeline where event = 'referral.where-said'`
  assert.ok(((await raw.tried('dalia', history)) as number) > 0)
  for (const by of ['tobias', 'ines', 'celeste', 'marisol', 'petra'] as const)
    assert.equal(await raw.tried(by, history), 0, by)
})
