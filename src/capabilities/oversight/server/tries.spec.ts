import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { leadBody } from '#capabilities/justice/make.ts'
import { canonical } from '#platform/audit/canonical.ts'
import { concernsHash } from '#platform/audit/record.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { oversight } from '../contract.ts'

// Who tried to open a case that is not theirs: known to who protects data, and to nobody else.

let harness: Harness
let truth: ReturnType<typeof pool>
let wren: Persona
let dalia: Persona
let petra: Persona
let odette: Persona
let kept: { id: string; reference: string }
before(async () => {
  harness = await startHarness()
  truth = pool(harness.database.url('super'), 1, 'tries-spec-truth')
  wren = await harness.as('wren')
  dalia = await harness.as('dalia')
  petra = await harness.as('petra')
  odette = await harness.as('odette')
  kept = await keptCase(harness)
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const breaking = (reference: string) => ({
  body: { id: uuidv7(), reference, reason: 'danger-to-life' as const, text: 'They called from the road, hurt.' },
})
const triesOf = async (query: { reference?: string; account?: string }) =>
  (await wren.call(oversight.readEvents, { query: { ...query, tries: 'yes', limit: '100' } })).items

test('a refusal names the case it was aimed at, by its id or by its reference, and the answer is that of a missing one', async () => {
  const answered = async (id: string) => {
    const reply = await petra.fetch(`/api/cases/${id}`, { headers: { 'sec-fetch-site': 'same-origin' } })
    const text = (await reply.text()).replace(/"request":"[^"]+"/, '')
    return [reply.status, text, [...reply.headers.keys()].filter(one => one !== 'date').toSorted()]
  }
  assert.deepEqual(await answered(kept.id), await answered(uuidv7()))
  await assert.rejects(odette.call(oversight.breakGlass, breaking(kept.reference)), missing)
  await assert.rejects(odette.call(oversight.breakGlass, breaking('00000-00000')), missing)
  const tries = await triesOf({ reference: kept.reference })
  assert.deepEqual(
    tries.map(one => [one.event, one.outcome, one.actor, one.reference, one.also]),
    [
      ['oversight.glass-broken', 'refused', odette.account, null, [kept.reference]],
      ['case.read', 'refused', petra.account, null, [kept.reference]],
    ],
  )
  assert.deepEqual(
    (await triesOf({ account: petra.account })).map(one => one.also),
    [[], [kept.reference]],
  )
  assert.ok((await triesOf({})).every(one => one.outcome === 'refused'))
})

test('a refused lead that names a case is written down too, and not looked up', async () => {
  const body = leadBody({ case: kept.reference })
  const refused = async () =>
    (await triesOf({ account: dalia.account })).filter(one => one.event === 'justice.lead-made').map(one => one.also)
  await assert.rejects(dalia.call(justice.makeLead, { body: leadBody() }), missing)
  await assert.rejects(dalia.call(justice.makeLead, { body }), missing)
  assert.deepEqual(await refused(), [[], []])
})

test('a try is bound to the audit as its event is', async () => {
  const { rows } = await truth.query(
    `select e.body, array_agg(n.case_id::text) as of from audit.event e join audit.concern n on n.event_id = e.id
     where n.how = 'tried' group by e.id`,
  )
  assert.ok(rows.length >= 2)
  for (const { body, of } of rows) {
    assert.equal(
      JSON.parse(body).concerns,
      concernsHash(of.map((one: string) => ({ case: one, how: 'tried' as const }))),
    )
    assert.equal(canonical(JSON.parse(body)), body)
  }
})

test('who is in charge reads of no try, and an invented case does not ring for one', async () => {
  const log = await dalia.call(oversight.caseLog, { params: { case: kept.id }, query: { limit: '100' } })
  assert.deepEqual(
    log.items.filter(one => one.outcome === 'refused' || one.actor === petra.account),
    [],
  )
  const planted = uuidv7()
  await wren.call(oversight.plantCanary, { body: { id: planted, givenName: 'Odalys', familyName: 'Ferreyra' } })
  await assert.rejects(petra.call(cases.read, { params: { case: planted } }), missing)
  const jobs = pool(harness.database.url('jobs'), 1, 'tries-spec-jobs')
  const events = (await truth.query('select id from audit.event')).rows.map(one => one.id)
  assert.equal((await jobs.query('select oversight.hear($1::uuid[]) as heard', [events])).rows[0].heard, 0)
  await jobs.end()
})

test('many refusals in an hour are asked about, also of references that there are not', async () => {
  for (let at = 0; at < 10; at++)
    await assert.rejects(odette.call(oversight.breakGlass, breaking(`0000${at}-00000`)), missing)
  const { items } = await wren.call(oversight.unusual, { query: { days: '1' } })
  assert.deepEqual(
    items.filter(one => one.kind === 'many-refused').map(one => one.account),
    [odette.account],
  )
})

test('of a case that is closed to the officer no try names it, and theirs look as of a missing one', async () => {
  const tobias = await harness.as('tobias')
  await tobias.call(oversight.bar, {
    body: { id: uuidv7(), reference: kept.reference, account: wren.account, reason: 'family' },
  })
  await assert.rejects(triesOf({ reference: kept.reference }), missing)
  await assert.rejects(triesOf({ reference: '00000-00000' }), missing)
  const own = (await triesOf({ account: wren.account })).slice(0, 2)
  assert.deepEqual({ ...own[0], id: '', at: '' }, { ...own[1], id: '', at: '' })
  for (const one of await triesOf({})) assert.ok(!JSON.stringify(one).includes(kept.reference))
})

test('nobody writes a try in somebody else’s name, nor anything but a refusal', async () => {
  const client = await harness.services.pool.connect()
  const body = (change: object) => JSON.stringify({ actor: petra.account, case: null, outcome: 'refused', ...change })
  for (const wrong of [{ actor: dalia.account }, { actor: null }, { outcome: 'done' }, { case: kept.id }]) {
    await client.query('begin')
    await client.query(`select set_config('samaan.user', $1, true), set_config('samaan.country', 'XSA', true)`, [
      petra.account,
    ])
    await assert.rejects(
      client.query(`select audit.write_try($1, now(), 'cases.read', $2, $2, $3, null)`, [
        uuidv7(),
        body(wrong),
        kept.id,
      ]),
      { code: '42501' },
    )
    await client.query('rollback')
  }
  client.release()
})
