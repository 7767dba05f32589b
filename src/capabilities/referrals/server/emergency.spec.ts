import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, keptCase } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'
import { match } from '../contract-match.ts'
import { rounds } from '../contract-rounds.ts'
import { nextTurnJob } from './rounds/next-turn.ts'

// Two in the morning of Christmas Day: only who is open or on call is offered and asked, and the hour runs at once.

const night = new Date('2026-12-25T06:00:00Z')
const [shelter, clinic] = [organisationId('samaan-house'), organisationId('claro-clinic')]
const [byDay, always] = [uuidv7(), uuidv7()]
let harness: Harness
let jobs: pg.Pool
let truth: pg.Client
let dalia: Persona
let celeste: Persona
let jonah: Persona
before(async () => {
  harness = await startHarness()
  jobs = pool(harness.database.url('jobs'), 1, 'test')
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  harness.setNow(night)
  ;[dalia, celeste, jonah] = await Promise.all([harness.as('dalia'), harness.as('celeste'), harness.as('jonah')])
  await truth.query(`update directory.service set active = false`)
  const days = [1, 2, 3, 4, 5, 6, 7]
  const kind = 'psychosocial' as const
  const offer = (by: Persona, organisation: string, body: object) =>
    by.call(directory.offer, { params: { organisation }, body: { kind, languages: ['en'], ...body } as never })
  await offer(celeste, shelter, { id: byDay, hours: [{ days, from: '08:00', to: '16:00' }] })
  await offer(jonah, clinic, { id: always, hours: [{ days, from: '00:00', to: '24:00' }], openOnHolidays: true })
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
async function agreed() {
  const { id } = await keptCase(harness)
  const given = consentBody([shelter, clinic])
  await dalia.call(consent.give, { params: { case: id }, body: given })
  return { id, given: given.id }
}
async function fitting(id: string, urgency: 'emergency' | 'urgent') {
  const found = await dalia.call(match.services, { params: { case: id }, body: { service: 'psychosocial', urgency } })
  const items = found.items.map(one => [one.service.id, one.why.find(why => /open|closed|on-call/.test(why))])
  return { items: new Map(items as [string, string][]), closedNow: found.closedNow, offered: found.offered }
}
const asked = (id: string, given: string, urgency: 'emergency' | 'urgent' = 'emergency', referral = uuidv7()) => {
  const about = { case: id, kind: 'service' as const, service: 'psychosocial' as const, to: shelter, offer: byDay }
  const body = { id: referral, ...about, urgency, consent: given, share: ['ID' as const] }
  return refusal(dalia.call(referrals.send, { body }))
}
/** Somebody of the shelter is on call from now, until what is returned ends it. */
async function onCall(): Promise<() => Promise<unknown>> {
  const params = { organisation: shelter }
  const until = new Date(night.getTime() + 12 * 3_600_000).toISOString()
  const body = { id: uuidv7(), account: celeste.account, from: night.toISOString(), to: until }
  await celeste.call(directory.putOnCall, { params, body })
  return () => celeste.call(directory.endOnCall, { params: { ...params, duty: body.id } })
}

test('what is closed with nobody on call is left out of an emergency, and said to be', async () => {
  const { id } = await agreed()
  const found = await fitting(id, 'emergency')
  assert.deepEqual([...found.items], [[always, 'open']])
  assert.deepEqual([found.offered, found.closedNow], [2, 1])
  const later = await fitting(id, 'urgent')
  assert.deepEqual([later.items.get(byDay), later.closedNow], ['closed', 0])
})

test('nor is it asked; who is less in a hurry asks it for the morning', async () => {
  const { id, given } = await agreed()
  assert.equal(await asked(id, given), 'offer closed-now')
  assert.equal(await asked(id, given, 'urgent'), 'done')
  // As a phone asks, which names no service: of the organisation, by what it offers of that kind.
  const bare = (to: string, service: 'psychosocial' | 'legal-aid') => {
    const about = { id: uuidv7(), case: id, kind: 'service' as const, service, to, urgency: 'emergency' as const }
    return refusal(dalia.call(referrals.send, { body: { ...about, consent: given, share: ['ID' as const] } }))
  }
  assert.equal(await bare(shelter, 'psychosocial'), 'to closed-now')
  assert.equal(await bare(clinic, 'psychosocial'), 'done')
  assert.equal(await bare(shelter, 'legal-aid'), 'done', 'nobody said when they hear of that')
  const to = [
    { id: uuidv7(), organisation: clinic, offer: always },
    { id: uuidv7(), organisation: shelter, offer: byDay },
  ]
  const about = { id: uuidv7(), case: id, service: 'psychosocial' as const, way: 'at-once' as const, to }
  const body = { ...about, urgency: 'emergency' as const, consent: given, share: ['ID' as const] }
  assert.equal(await refusal(dalia.call(rounds.askSeveral, { body })), 'to.1.offer closed-now')
})

test('who is on call is offered, asked, has an hour in real time, and finds it in the day’s list', async () => {
  const { id, given } = await agreed()
  const end = await onCall()
  const referral = uuidv7()
  try {
    const found = await fitting(id, 'emergency')
    assert.deepEqual([found.items.get(byDay), found.closedNow], ['on-call', 0])
    assert.equal(await asked(id, given, 'emergency', referral), 'done')
  } finally {
    await end()
  }
  const { dueAt } = await dalia.call(referrals.read, { params: { referral } })
  assert.equal(new Date(dueAt).toISOString(), '2026-12-25T07:00:00.000Z')
  const [line] = (await celeste.call(tasks.today, { query: { kind: 'referral' } })).items.filter(
    one => one.id === referral,
  )
  assert.deepEqual([line?.urgency, line?.due, line?.part], ['emergency', dueAt, 'today'])
})

test('somebody who works there no more is on call for nobody', async () => {
  const { id } = await agreed()
  const end = await onCall()
  try {
    const gone = `update auth.assignment set until = $1 where account_id = $2`
    await truth.query(gone, [new Date(night.getTime() - 1000), celeste.account])
    assert.deepEqual([...(await fitting(id, 'emergency')).items.keys()], [always])
    const { onCall: shown } = await dalia.call(directory.get, { params: { organisation: shelter } })
    assert.deepEqual(shown, [], 'nor shown as that')
    await truth.query(gone, ['infinity', celeste.account])
    assert.equal((await fitting(id, 'emergency')).items.size, 2)
  } finally {
    await end()
  }
})

for (const there of [false, true])
  test(`in turn, whose turn it is ${there ? 'and who is on call is asked' : 'and who hears of nothing now is passed over'}`, async () => {
    const { id, given } = await agreed()
    const first = await onCall()
    const to = [
      { id: uuidv7(), organisation: clinic, offer: always },
      { id: uuidv7(), organisation: shelter, offer: byDay },
    ]
    const about = { id: uuidv7(), case: id, service: 'psychosocial' as const, way: 'in-turn' as const, to }
    const body = { ...about, urgency: 'emergency' as const, consent: given, share: ['ID' as const] }
    await dalia.call(rounds.askSeveral, { body })
    if (!there) await first()
    const on = { params: { referral: to[0]!.id }, version: 1 }
    await jonah.call(referrals.decline, { ...on, body: { reason: 'no-place' } })
    const minute = () => inTransaction(jobs, undefined, tx => nextTurnJob(harness.services).run(tx, night))
    await minute()
    await minute()
    const [round] = (await dalia.call(rounds.ofCase, { params: { case: id } })).items
    assert.deepEqual(
      [round!.state, round!.asked.map(one => one.status), round!.next],
      there ? ['asking', ['declined', 'sent'], []] : ['nobody', ['declined'], []],
    )
    if (there) await first()
  })

test('in turn, where no service is named, any of that kind there counts: who hears of none is passed over', async () => {
  const { id, given } = await agreed()
  const first = await onCall()
  const to = [
    { id: uuidv7(), organisation: clinic },
    { id: uuidv7(), organisation: shelter },
  ]
  const about = { id: uuidv7(), case: id, service: 'psychosocial' as const, way: 'in-turn' as const, to }
  const body = { ...about, urgency: 'emergency' as const, consent: given, share: ['ID' as const] }
  await dalia.call(rounds.askSeveral, { body })
  await first()
  const on = { params: { referral: to[0]!.id }, version: 1 }
  await jonah.call(referrals.decline, { ...on, body: { reason: 'no-place' } })
  const minute = () => inTransaction(jobs, undefined, tx => nextTurnJob(harness.services).run(tx, night))
  await minute()
  await minute()
  const [round] = (await dalia.call(rounds.ofCase, { params: { case: id } })).items
  assert.deepEqual([round!.state, round!.asked.map(one => one.status)], ['nobody', ['declined']])
})

test('who is on call and cannot sign in any more hears of nothing: not offered, not asked, passed over', async () => {
  const { id, given } = await agreed()
  await onCall()
  const to = [
    { id: uuidv7(), organisation: clinic, offer: always },
    { id: uuidv7(), organisation: shelter, offer: byDay },
  ]
  const about = { id: uuidv7(), case: id, service: 'psychosocial' as const, way: 'in-turn' as const, to }
  const body = { ...about, urgency: 'emergency' as const, consent: given, share: ['ID' as const] }
  await dalia.call(rounds.askSeveral, { body })
  await jonah.call(referrals.decline, { params: { referral: to[0]!.id }, version: 1, body: { reason: 'no-place' } })
  await truth.query(`update auth.account set status = 'disabled' where id = $1`, [celeste.account])
  assert.deepEqual([...(await fitting(id, 'emergency')).items.keys()], [always])
  assert.equal(await asked(id, given), 'offer closed-now')
  for (let n = 0; n < 2; n += 1)
    await inTransaction(jobs, undefined, tx => nextTurnJob(harness.services).run(tx, night))
  const [round] = (await dalia.call(rounds.ofCase, { params: { case: id } })).items
  assert.deepEqual([round!.state, round!.asked.map(one => one.status)], ['nobody', ['declined']])
})
