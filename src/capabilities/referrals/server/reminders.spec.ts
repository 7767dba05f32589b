import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { noticeAll } from '#capabilities/tasks/server/notice.ts'
import { due, isOpen, warnsAt } from '#platform/clocks/clock.ts'
import { calendarOf } from '#platform/country/pack.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { notify } from '#platform/notify/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, keptCase } from '../../../../tests/harness/make.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { referrals } from '../contract.ts'
import { rounds } from '../contract-rounds.ts'
import { responseSpan } from './asking.ts'
import { overdue } from './overdue.ts'
import { nextTurnJob } from './rounds/next-turn.ts'

// Whoever was asked is reminded before their time is out, at the shares of it that the country names, once each.

let harness: Harness
let truth: pg.Client
let jobs: pg.Pool
let dalia: Persona
let celeste: Persona
const shelter = organisationId('samaan-house')
before(async () => {
  // Nobody answers there: a message that is written is enough.
  harness = await startHarness({ mail: { url: 'smtp://127.0.0.1:9', from: 'notices@post.example' } })
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  jobs = pool(harness.database.url('jobs'), 2, 'test')
  ;[dalia, celeste] = await Promise.all([harness.as('dalia'), harness.as('celeste')])
})
after(async () => {
  await Promise.all([truth.end(), jobs.end()])
  await harness.stop()
})

const run = (at: Date, breaks?: Error) =>
  inTransaction(jobs, undefined, async tx => {
    await overdue.run(tx, at)
    if (breaks) throw breaks
  })
async function asked(urgency: Urgency = 'emergency', offer?: string) {
  const { id } = await keptCase(harness)
  const given = consentBody([shelter])
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  const about = { case: id, kind: 'service' as const, service: 'psychosocial' as const, to: shelter }
  const body = { id: referral, ...about, urgency, consent: given.id, share: ['ID' as const] }
  await dalia.call(referrals.send, { body: { ...body, ...(offer ? { offer } : {}) } })
  const { rows } = await truth.query('select sent_at, remind_at from referrals.referral where id = $1', [referral])
  return { id, referral, given: given.id, sent: rows[0].sent_at as Date, at: rows[0].remind_at as Date[] }
}
const told = async (id: string) =>
  (await dalia.call(cases.read, { params: { case: id } })).timeline.filter(one => one.event === 'referral.reminded')
    .length
const line = async (referral: string) =>
  (await celeste.call(tasks.today, { query: { kind: 'referral', ahead: '7' } })).items.find(one => one.id === referral)
const past = (at: Date, ms = 1000) => new Date(at.getTime() + ms)

test('an emergency runs in real time: half of the hour, four fifths of it, and no more', async () => {
  const { id, referral, sent, at } = await asked()
  assert.deepEqual(
    at.map(one => (one.getTime() - sent.getTime()) / 60_000),
    [30, 48],
  )
  await run(past(at[0]!, -1000))
  assert.deepEqual([await told(id), (await line(referral))?.code], [0, 'sent'])
  await run(past(at[0]!))
  await run(past(at[0]!, 2000))
  assert.deepEqual([await told(id), (await line(referral))?.code], [1, 'reminded-1'])
  await run(past(at[1]!))
  await run(past(at[1]!, 60_000))
  assert.deepEqual([await told(id), (await line(referral))?.code], [2, 'reminded-last'])
})

test('who wants mail is told at each reminder that something waits, and of nothing twice', async () => {
  await celeste.call(notify.choose, { body: { every: '1' } })
  const { at } = await asked()
  const letters = async (now: Date) => {
    await inTransaction(jobs, undefined, tx => noticeAll(tx, harness.services, now))
    return (await jobs.query('delete from notify.outbox returning urgent')).rows.map(one => one.urgent)
  }
  assert.deepEqual(await letters(new Date()), [true], 'that it came')
  assert.deepEqual(await letters(past(at[0]!, -1000)), [])
  for (const one of at) {
    await run(past(one))
    assert.deepEqual(await letters(past(one)), [true])
    assert.deepEqual(await letters(past(one, 60_000)), [])
  }
  await celeste.call(notify.choose, { body: { every: null } })
})

test('what was missed while nothing ran is one reminder', async () => {
  const { id, referral, at } = await asked()
  await run(past(at[1]!))
  assert.deepEqual([await told(id), (await line(referral))?.code], [1, 'reminded-last'])
})

test('who answered, and whose question was taken back, is not reminded', async () => {
  const [yes, no, back, seen] = [await asked(), await asked(), await asked(), await asked()]
  const on = (referral: string) => ({ params: { referral }, version: 1 })
  await celeste.call(referrals.accept, { ...on(yes.referral), body: {} })
  await celeste.call(referrals.decline, { ...on(no.referral), body: { reason: 'no-place' } })
  await dalia.call(referrals.revoke, { ...on(back.referral), body: {} })
  await celeste.call(referrals.acknowledge, { ...on(seen.referral), body: {} })
  await run(past(seen.at[1]!, 60_000))
  for (const one of [yes, no, back]) assert.equal(await told(one.id), 0)
  assert.equal(await told(seen.id), 1, 'to have seen it is no answer')
})

test('a share that ended without an answer is counted and told to nobody', async () => {
  const { id, referral, at } = await asked()
  await truth.query(`delete from policy.case_access where basis = 'share' and basis_id = $1`, [referral])
  await run(past(at[1]!))
  assert.equal(await told(id), 0)
})

test('a job that breaks off has reminded nobody, and two at once remind once', async () => {
  const { id, referral, at } = await asked()
  const broken = new Error('the power went')
  await assert.rejects(run(past(at[0]!), broken), broken)
  assert.deepEqual([await told(id), (await line(referral))?.code], [0, 'sent'])
  await Promise.all([run(past(at[0]!)), run(past(at[0]!))])
  assert.equal(await told(id), 1)
})

test('otherwise it runs in the hours of the service, over nights and holidays', async () => {
  const offer = uuidv7()
  const params = { organisation: shelter }
  const hours = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '11:00' }]
  await celeste.call(directory.offer, { params, body: { id: offer, kind: 'psychosocial', languages: ['en'], hours } })
  const { sent, at } = await asked('routine', offer)
  const pack = harness.services.packs.get('XSA')!
  const calendar = { ...calendarOf(pack), hours }
  const span = { start: sent, amount: 3, unit: 'working-days' as const }
  assert.deepEqual(at, [warnsAt(calendar, span, 0.5), warnsAt(calendar, span, 0.8)])
  for (const one of at) assert.ok(isOpen(calendar, past(one, -1000)) && one < due(calendar, span), one.toISOString())
})

test('who is asked when their turn comes is reminded in their own time', async () => {
  const { id } = await keptCase(harness)
  const clinic = organisationId('claro-clinic')
  const given = consentBody([shelter, clinic])
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const to = [clinic, shelter].map(organisation => ({ id: uuidv7(), organisation }))
  const about = { case: id, service: 'psychosocial' as const, way: 'in-turn' as const, urgency: 'emergency' as const }
  const body = { id: uuidv7(), ...about, consent: given.id, share: ['ID' as const], to }
  await dalia.call(rounds.askSeveral, { body })
  const jonah = await harness.as('jonah')
  await jonah.call(referrals.decline, { params: { referral: to[0]!.id }, version: 1, body: { reason: 'no-place' } })
  const later = new Date(Date.now() + 3_600_000)
  await inTransaction(jobs, undefined, tx => nextTurnJob(harness.services).run(tx, later))
  const { rows } = await truth.query('select sent_at, remind_at from referrals.referral where id = $1', [to[1]!.id])
  assert.deepEqual(
    rows[0].remind_at.map((one: Date) => (one.getTime() - rows[0].sent_at.getTime()) / 60_000),
    [30, 48],
  )
  await run(new Date(later.getTime() + 31 * 60_000))
  assert.equal((await line(to[1]!.id))?.code, 'reminded-1')
})

test('a country that names no shares reminds nobody', () => {
  const { referralReminders: _, ...pack } = harness.services.packs.get('XSA')!
  assert.deepEqual(responseSpan(pack, 'urgent', new Date(), calendarOf(pack)).remindAt, [])
})
