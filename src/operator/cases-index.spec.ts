import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { heard, recorded } from '#capabilities/matching/make.ts'
import { pool } from '#platform/db/context.ts'
import { type Harness, startHarness } from '../../tests/harness/harness.ts'
import { indexCases } from './cases-index.ts'

let harness: Harness
let truth: ReturnType<typeof pool>
let owner: ReturnType<typeof pool>
before(async () => {
  harness = await startHarness()
  truth = pool(harness.database.url('super'), 1, 'index-spec-truth')
  owner = pool(harness.database.url('owner'), 1, 'index-spec-owner')
})
after(async () => {
  await Promise.all([truth?.end(), owner?.end()])
  await harness?.stop()
})

const rows = async (text: string, values: unknown[] = []) => (await truth.query(text, values)).rows
const terms = () => rows(`select case_id, kind, encode(term, 'hex') as term from cases.match_term order by 1, 2, 3`)
const events = () =>
  rows(`select case_id, actor_id, body from audit.event where operation = 'operator.casesIndex' order by case_id`)
const run = async () => {
  const said: string[] = []
  return { ...(await indexCases(owner, harness.services, line => said.push(line))), said }
}

test('cases recorded before there were terms get those they would have had, and are compared', async () => {
  const old = [await recorded(harness, 'marisol', heard.here), await recorded(harness, 'kofi', heard.there)]
  await recorded(harness, 'kofi', { givenName: 'Amparo', familyName: 'Villalobos', age: 30 })
  // Of whom too little is known to compare them with anybody.
  await recorded(harness, 'kofi', { givenName: 'Amparo' })
  const before = await terms()
  await rows('delete from cases.match_term where case_id = any ($1)', [old])
  await rows('delete from matching.changed')
  assert.deepEqual(await run(), { held: 2, closed: 0, said: ['3 of 3 …'] })
  assert.deepEqual(await terms(), before)
  assert.deepEqual(
    (await rows('select case_id from matching.changed order by 1')).map(one => one.case_id),
    old.toSorted(),
  )
  const told = await events()
  assert.deepEqual(
    told.map(one => [one.case_id, one.actor_id]),
    old.toSorted().map(id => [id, null]),
  )
  for (const word of ['Yeferson', 'Quintanil', '0142']) assert.ok(!JSON.stringify(told).includes(word), word)
})

test('once more it finds nothing to do and writes nothing down', async () => {
  const [before, told] = [await terms(), await events()]
  assert.deepEqual(await run(), { held: 0, closed: 0, said: ['1 of 1 …'] })
  assert.deepEqual([await terms(), await events()], [before, told])
})

test('a case whose key is gone is passed over, and the others are not held up by it', async () => {
  const gone = await recorded(harness, 'marisol', heard.here)
  const kept = await recorded(harness, 'marisol', heard.there)
  await rows('delete from cases.match_term where case_id = any ($1)', [[gone, kept]])
  const [{ key_slot: slot }] = await rows('select key_slot from cases.folder where id = $1', [gone])
  await harness.services.keys.erase(Number(slot))
  const { held, closed } = await run()
  assert.deepEqual({ held, closed }, { held: 1, closed: 1 })
  assert.deepEqual(await rows('select 1 from cases.match_term where case_id = $1', [gone]), [])
})

test('it goes on past a batch', async () => {
  const ids: string[] = []
  for (let n = 0; n < 101; n++)
    ids.push(await recorded(harness, 'marisol', { givenName: 'Ana', familyName: 'Sosa', age: 24 }))
  const before = await terms()
  await rows('delete from cases.match_term where case_id = any ($1)', [ids])
  const { held, said } = await run()
  assert.equal(held, 101)
  assert.equal(said.length, 2)
  assert.deepEqual(await terms(), before)
})

test('no role of the application writes or reads the terms', async () => {
  for (const role of ['app', 'jobs'] as const) {
    const one = pool(harness.database.url(role), 1, 'index-spec-other')
    await assert.rejects(
      indexCases(one, harness.services, () => {}),
      { code: '42501' },
      role,
    )
    await one.end()
  }
})
