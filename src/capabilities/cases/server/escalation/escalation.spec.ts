import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { care } from '#capabilities/care/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { noticeAll } from '#capabilities/tasks/server/notice.ts'
import { due } from '#platform/clocks/clock.ts'
import { calendarOf } from '#platform/country/pack.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { notify } from '#platform/notify/contract.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { decisionBody, openedCase, putInCharge } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { codeOf, day } from '../procedure/make.ts'
import { overdueClocks } from '../procedure/overdue.ts'

// A clock that ran over is told to who supervises the unit: once, and once more after a further time. It decides nothing.

let harness: Harness
let jobs: pg.Pool
let truth: pg.Pool
let greta: Persona
let ines: Persona
let dalia: Persona
let tobias: Persona
before(async () => {
  // Nobody answers there: a message that is written is enough.
  harness = await startHarness({ mail: { url: 'smtp://127.0.0.1:9', from: 'notices@post.example' } })
  jobs = pool(harness.database.url('jobs'), 2, 'escalation-jobs')
  truth = pool(harness.database.url('super'), 1, 'escalation-truth')
  ;[greta, ines, dalia, tobias] = await Promise.all([
    harness.as('greta'),
    harness.as('ines'),
    harness.as('dalia'),
    harness.as('tobias'),
  ])
})
after(async () => {
  harness.setNow(undefined)
  await Promise.all([jobs.end(), truth.end()])
  await harness.stop()
})

const run = (at: Date) => inTransaction(jobs, undefined, tx => overdueClocks(harness.services).run(tx, at))
const onDay = async <T>(at: Date, work: () => Promise<T>): Promise<T> => {
  harness.setNow(at)
  try {
    return await work()
  } finally {
    harness.setNow(undefined)
  }
}
/** Well after the five working days for the first decision. */
const late = () => new Date(Date.now() + 20 * day)
/** The period of the demonstration country after which it is told again. */
const again = (at: Date) =>
  due(calendarOf(harness.services.packs.get('XSA')!), { start: at, amount: 2, unit: 'working-days' })
const past = (at: Date) => new Date(at.getTime() + 1000)

const listed = async (at: Date, reference: string, by = greta) =>
  (await onDay(at, () => by.call(cases.escalations, {}))).items.find(one => one.reference === reference)
const line = async (at: Date, reference: string, by = greta) =>
  (await onDay(at, () => by.call(tasks.today, { query: { kind: 'escalation' } }))).items.find(
    one => one.reference === reference,
  )
const answer = (at: Date, escalation: string, by = greta) =>
  codeOf(onDay(at, () => by.call(cases.answerEscalation, { params: { escalation }, body: { answer: 'spoken-with' } })))
const history = async (id: string) =>
  (await tobias.call(cases.read, { params: { case: id } })).timeline
    .filter(one => one.event.startsWith('case.escalat'))
    .map(one => [one.event, one.about.told ?? one.about.what, one.name])

async function overdueCase() {
  const id = await openedCase(harness)
  const reference = await putInCharge(harness, id)
  const at = late()
  await run(at)
  return { id, reference, at }
}

test('who supervises the unit is told the reference, the clock, since when and who answers for it; and nothing else', async () => {
  const { id, reference, at } = await overdueCase()
  await run(past(at))
  const found = (await listed(at, reference))!
  const { clocks } = await tobias.call(cases.read, { params: { case: id } })
  assert.deepEqual(found, {
    id: found.id,
    reference,
    clock: 'reasonable-grounds',
    overdueSince: clocks[0]!.dueAt,
    toldAt: at.toISOString(),
    inCharge: 'Dalia Moreau',
    deciders: ['Inés Calloway', 'Noemí Lascelles', 'Rufus Adeyemi'],
    answer: null,
    answeredBy: null,
    answeredAt: null,
  })
  const waiting = (await line(at, reference))!
  assert.deepEqual(
    [waiting.id, waiting.case, waiting.code, waiting.due, waiting.part],
    [found.id, null, 'reasonable-grounds', found.overdueSince, 'late'],
  )
  assert.deepEqual(await history(id), [['case.escalated', 'first', null]])
  assert.equal((await tobias.call(cases.read, { params: { case: id } })).identification, 'pending')
  assert.equal(await codeOf(greta.call(cases.read, { params: { case: id } })), 'not-found')
})

test('a supervisor of another body, and everybody else of the unit, is told nothing and answers nothing', async () => {
  const { reference, at } = await overdueCase()
  const { id } = (await listed(at, reference))!
  const silas = await harness.as('silas')
  assert.equal(await listed(at, reference, silas), undefined)
  assert.equal(await line(at, reference, silas), undefined)
  for (const by of [silas, tobias, ines, dalia, await harness.as('odette'), await harness.as('wren')])
    assert.equal(await answer(at, id, by), 'not-found')
  for (const by of [tobias, ines, dalia]) assert.equal(await codeOf(by.call(cases.escalations, {})), 'not-found')
  assert.equal(await answer(at, uuidv7()), 'not-found')
})

test('what a supervisor does about it stands in the history and takes the line away; the clock stays overdue', async () => {
  const { id, reference, at } = await overdueCase()
  const found = (await listed(at, reference))!
  assert.equal(await answer(at, found.id), 'done')
  assert.equal(await answer(at, found.id), 'not-now')
  assert.equal(await line(at, reference), undefined)
  const answered = (await listed(at, reference))!
  assert.deepEqual(
    [answered.answer, answered.answeredBy, answered.answeredAt],
    ['spoken-with', 'Greta Solano', at.toISOString()],
  )
  assert.deepEqual(await history(id), [
    ['case.escalated', 'first', null],
    ['case.escalation-answered', 'spoken-with', 'Greta Solano'],
  ])
})

test('it is told again after the further time of the country, answered or not, and not before', async () => {
  const { id, reference, at } = await overdueCase()
  const first = (await listed(at, reference))!
  await answer(at, first.id)
  const then = again(at)
  await run(new Date(then.getTime() - 60_000))
  assert.equal(await line(then, reference), undefined)
  await run(past(then))
  await run(past(then))
  const second = (await line(past(then), reference))!
  assert.notEqual(second.id, first.id)
  assert.equal(await answer(past(then), first.id), 'not-found')
  assert.deepEqual(
    (await history(id)).map(([event, what]) => `${event} ${what}`),
    ['case.escalated first', 'case.escalation-answered spoken-with', 'case.escalated again'],
  )
})

test('who wants mail is told each time that something waits, and of nothing twice', async () => {
  await greta.call(notify.choose, { body: { every: '1' } })
  const letters = async (now: Date) => {
    await onDay(now, () => inTransaction(jobs, undefined, tx => noticeAll(tx, harness.services, now)))
    return (await jobs.query('delete from notify.outbox returning account_id')).rows.map(one => one.account_id)
  }
  await letters(late())
  const { at } = await overdueCase()
  assert.deepEqual(await letters(at), [greta.account])
  assert.deepEqual(await letters(past(at)), [])
  const then = past(again(at))
  await run(then)
  assert.deepEqual(await letters(then), [greta.account])
  assert.deepEqual(await letters(past(then)), [])
  await greta.call(notify.choose, { body: { every: null } })
})

test('whoever decides takes the line away, and so does a pause; time that is over once more is told anew', async () => {
  const { id, reference, at } = await overdueCase()
  const { version } = await ines.call(cases.read, { params: { case: id } })
  const body = await decisionBody(ines, id, 'positive')
  await ines.call(cases.decide, { params: { case: id }, version, body })
  assert.equal(await listed(at, reference), undefined)
  assert.equal(await line(at, reference), undefined)

  const other = await overdueCase()
  const { version: then, clocks } = await dalia.call(cases.read, { params: { case: other.id } })
  const move = { id: uuidv7(), move: 'report-missing' as const, reasons: 'Nobody has heard from her.' }
  await dalia.call(cases.move, { params: { case: other.id }, version: then, body: move })
  assert.equal(await listed(other.at, other.reference), undefined)
  await onDay(other.at, async () => {
    const { version } = await dalia.call(cases.read, { params: { case: other.id } })
    await dalia.call(cases.move, { params: { case: other.id }, version, body: { ...move, id: uuidv7(), move: 'find' } })
  })
  // Missing since before it ran out: it has time again.
  assert.equal(await listed(other.at, other.reference), undefined)
  const moved = (await dalia.call(cases.read, { params: { case: other.id } })).clocks[0]!
  assert.ok(moved.dueAt > clocks[0]!.dueAt)
  const over = new Date(Date.parse(moved.dueAt) + 1000)
  await run(over)
  assert.equal((await listed(over, other.reference))?.overdueSince, moved.dueAt)
  assert.deepEqual(
    (await history(other.id)).map(([, what]) => what),
    ['first', 'first'],
  )
})

test('a case that is closed is told to nobody; reopened overdue, it is told again', async () => {
  const { id, reference, at } = await overdueCase()
  const params = { case: id }
  const closure = uuidv7()
  const closedAt = past(at)
  await onDay(closedAt, async () => {
    const { open } = await dalia.call(care.closing, { params })
    const explained = open.map(one => one.id)
    const body = { id: closure, reason: 'plan-completed' as const, planned: true, reasons: 'All is done.', explained }
    await dalia.call(care.proposeClosure, { params, body })
    await tobias.call(care.secondClosure, { params: { ...params, closure }, version: 1, body: { answer: 'approved' } })
  })
  const then = past(again(at))
  await run(then)
  assert.equal(await listed(then, reference), undefined)
  await onDay(then, () =>
    dalia.call(care.reopen, { params: { ...params, closure }, version: 2, body: { reason: 'She called again.' } }),
  )
  await run(past(then))
  assert.ok(await line(past(then), reference))
  assert.deepEqual(
    (await history(id)).map(([, what]) => what),
    ['first', 'again'],
  )
})

test('what is hidden from a supervisor is not told to them: a conflict of interest, a sealed case, one that was brought together', async () => {
  const { id, reference, at } = await overdueCase()
  const { id: escalation } = (await listed(at, reference))!
  const hide = async (basis: string, account: string | null) => {
    const { rows } = await truth.query(
      'insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, $2, $3, $4) returning basis_id',
      [id, basis, uuidv7(), account],
    )
    assert.equal(await listed(at, reference), undefined, basis)
    assert.equal(await line(at, reference), undefined, basis)
    assert.equal(await answer(at, escalation), 'not-found', basis)
    await truth.query('delete from policy.case_hidden where basis_id = $1', [rows[0].basis_id])
  }
  await hide('conflict', greta.account)
  await hide('sealed', null)
  const lead = await openedCase(harness)
  await truth.query(
    `insert into policy.case_merged (case_id, lead_case, lead_reference, unit_id, merge_id)
     select $1, f.id, f.reference, f.holder, $3 from cases.folder f where f.id = $2`,
    [id, lead, uuidv7()],
  )
  assert.equal(await listed(at, reference), undefined, 'brought together')
  await truth.query('delete from policy.case_merged where case_id = $1', [id])
  assert.ok(await listed(at, reference))
})

test('where nobody supervises the unit the history says so, and a country that tells nobody tells nobody', async () => {
  const hush = { role: 'supervisor', account: greta.account }
  const set = (until: string) =>
    truth.query('update auth.assignment set until = $1 where account_id = $2 and role = $3', [
      until,
      hush.account,
      hush.role,
    ])
  await set('2026-01-01')
  const alone = await overdueCase()
  assert.deepEqual(await history(alone.id), [['case.escalated', 'nobody', null]])
  await set('infinity')
  assert.ok(await listed(alone.at, alone.reference))

  const pack = structuredClone(harness.services.packs.get('XSA')!)
  pack.clocks.find(one => one.code === 'reasonable-grounds')!.escalates = null
  const id = await openedCase(harness)
  const reference = await putInCharge(harness, id)
  const at = late()
  await inTransaction(jobs, undefined, tx => overdueClocks({ packs: new Map([['XSA', pack]]) }).run(tx, at))
  assert.equal(await listed(at, reference), undefined)
  assert.deepEqual(await history(id), [])
})
