import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { care } from '#capabilities/care/contract.ts'
import { assessmentBody, helpedByShelter, planBody, safetyBody } from '#capabilities/care/make.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { helpGiven } from '#capabilities/referrals/make.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../../tests/harness/make.ts'
import { oversight } from '../../contract.ts'
import { retentionJob } from './retention.ts'

let harness: Harness
let truth: pg.Client
let dalia: Persona
let wren: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  dalia = await harness.as('dalia')
  wren = await harness.as('wren')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'

/** The nightly job, as the jobs' role. */
async function night(packs = harness.services.packs) {
  const jobs = pool(harness.database.url('jobs'), 1, 'test-jobs')
  try {
    await inTransaction(jobs, undefined, tx => retentionJob({ packs }).run(tx, new Date()))
  } finally {
    await jobs.end()
  }
}
const close = async (id: string, years: number) => {
  await truth.query(`update cases.folder set status = 'closed' where id = $1`, [id])
  await truth.query(
    `insert into cases.timeline (id, case_id, at, event) values ($1, $2, now() - make_interval(years => $3), 'case.closed')`,
    [uuidv7(), id, years],
  )
}
const due = async () => (await wren.call(oversight.listDue, { query: {} })).items.map(one => one.reference)

test('what is kept longer than the country’s rules say is listed, told of once, and never erased by itself', async () => {
  const [old, young, open, held] = [
    await keptCase(harness),
    await keptCase(harness),
    await keptCase(harness),
    await keptCase(harness),
  ]
  await close(old.id, 11)
  await close(young.id, 9)
  await close(held.id, 30)
  await wren.call(oversight.placeHold, { body: { id: uuidv7(), reference: held.reference, reason: 'court' } })
  await night()
  await night()
  assert.deepEqual(await due(), [old.reference])
  const { items } = await wren.call(oversight.alerts, { query: {} })
  assert.equal(items.filter(one => one.kind === 'retention-due').length, 1)
  const { rows } = await truth.query('select count(*)::int as n from cases.identity where case_id = $1', [old.id])
  assert.equal(rows[0].n, 1)
  // Reopened, it is due no more.
  await truth.query(`update cases.folder set status = 'opened' where id = $1`, [old.id])
  await night()
  assert.deepEqual(await due(), [])
  for (const by of ['dalia', 'tobias', 'odette', 'ines'] as const)
    await assert.rejects((await harness.as(by)).call(oversight.listDue, { query: {} }), missing, by)
  assert.ok(open.id)
})

test('a child is kept by the rule for children, and a country without rules has nothing due', async () => {
  const child = await keptCase(harness)
  await close(child.id, 11)
  await truth.query('update cases.folder set child = true where id = $1', [child.id])
  await night()
  assert.deepEqual(await due(), [])
  await truth.query(
    `update cases.timeline set at = now() - interval '26 years' where case_id = $1 and event = 'case.closed'`,
    [child.id],
  )
  await night()
  assert.deepEqual(await due(), [child.reference])
  const silent = new Map(
    [...harness.services.packs].map(([country, pack]) => [
      country,
      { ...pack, retention: pack.retention.map(one => ({ ...one, years: null })) },
    ]),
  )
  await night(silent)
  assert.deepEqual(await due(), [])
})

test('the coordinator in charge makes the person’s own file: what they said, no other names, written down', async () => {
  const { id, reference } = await keptCase(harness)
  await dalia.call(cases.addNote, { params: { case: id }, body: { id: uuidv7(), text: 'Likes <b>tea</b> & bread.' } })
  await helpedByShelter(harness, id)
  const { referral } = await helpGiven(harness, id, 'accepted')
  const where = { id: uuidv7(), text: 'By the mill at nine.' }
  await (await harness.as('celeste')).call(whereabouts.say, { params: { referral }, version: 0, body: where })
  const params = { case: id }
  const assessed = assessmentBody()
  const safety = { ...safetyBody(), codeWord: 'mango' }
  const plan = planBody()
  await dalia.call(care.assess, { params, body: assessed })
  await dalia.call(care.changeSafety, { params, version: 0, body: safety })
  await dalia.call(care.savePlan, { params, version: 0, body: plan })
  const response = await dalia.fetch(`/api/cases/${id}/for-the-person`)
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-disposition') ?? '', new RegExp(`attachment.*${reference}`))
  const text = await response.text()
  for (const word of ['Quintanilla', 'sister', reference]) assert.ok(text.includes(word), word)
  assert.ok(text.includes('Likes &lt;b&gt;tea&lt;/b&gt; &amp; bread.'))
  // What was agreed, and to which sort of help; what was looked at; the plan as the person's copy of it says it.
  for (const word of ['You agreed', 'Help and services', 'Shelter', 'Debt to the recruiter', plan.goals[0]!.goal])
    assert.ok(text.includes(word), word)
  // What endangers whom it protects is told, not handed out.
  for (const word of [safety.codeWord, safety.threats[0]!.what, safety.measures[0]!.what])
    assert.ok(!text.includes(word), word)
  // Nobody else's name, not where the person is, and no provider.
  for (const word of [
    'Samaan House',
    'Dalia',
    'Tobias',
    'Marisol',
    'Fenwick',
    'Moreau',
    'Prentice',
    'mill',
    'where to bring',
  ])
    assert.ok(!text.includes(word), word)
  const others = ['tobias', 'bastien', 'ines', 'marisol', 'wren', 'odette'] as const
  for (const by of others)
    assert.equal((await (await harness.as(by)).fetch(`/api/cases/${id}/for-the-person`)).status, 404, by)
  const exports = await wren.call(oversight.readEvents, { query: { exports: 'yes', reference } })
  assert.deepEqual(
    exports.items.map(one => [one.event, one.outcome]),
    [...others.map(() => ['oversight.subject-exported', 'refused']), ['oversight.subject-exported', 'done']],
  )
  assert.equal(exports.items.at(-1)!.actor, dalia.account)
})
