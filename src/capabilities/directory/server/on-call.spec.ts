import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { organisationId } from '../../../../tools/demonstration/people.ts'
import { directory } from '../contract.ts'

let harness: Harness
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const shelter = organisationId('samaan-house')
const hours = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString()

async function duty(by: Persona, from: number, to: number): Promise<string> {
  const id = uuidv7()
  const body = { id, account: by.account, from: hours(from), to: hours(to) }
  await by.call(directory.putOnCall, { params: { organisation: by.organisation }, body })
  return id
}
const end = async (by: Persona, id: string, organisation: string = shelter): Promise<number> => {
  const headers = { 'idempotency-key': uuidv7() }
  return (await by.fetch(`/api/organisations/${organisation}/on-call/${id}`, { method: 'DELETE', headers })).status
}
const kept = async (id: string) => (await truth.query('select * from directory.on_call where id = $1', [id])).rows[0]
const listed = async (by: Persona) =>
  (await by.call(directory.get, { params: { organisation: shelter } })).onCall.map(one => one.id)

test('a duty that runs ends now, and the hours that were served stay', async () => {
  const celeste = await harness.as('celeste')
  const id = await duty(celeste, -3, 5)
  const before = await kept(id)
  const at = new Date()
  harness.setNow(at)
  assert.equal(await end(celeste, id), 204)
  harness.setNow(undefined)
  assert.deepEqual(await kept(id), { ...before, ends_at: at })
  assert.deepEqual(await listed(celeste), [])
  const events = await truth.query(
    "select body from audit.event where operation = 'directory.endOnCall' and actor_id = $1 and body like '%\"done\"%'",
    [celeste.account],
  )
  assert.equal(events.rowCount, 1)
  assert.equal(JSON.parse(events.rows[0].body).event, 'organisation.on-call-ended')
})

test('a duty that has not begun goes from the roster; one that is over, or that nobody knows, cannot be ended', async () => {
  const celeste = await harness.as('celeste')
  const [other, coming] = [await duty(celeste, 30, 40), await duty(celeste, 20, 25)]
  assert.equal(await end(celeste, coming), 204)
  assert.equal(await kept(coming), undefined)
  assert.deepEqual(await listed(celeste), [other])
  assert.equal(await end(celeste, coming), 404)
  const over = uuidv7()
  await truth.query('insert into directory.on_call values ($1, $2, $3, $4, $5)', [
    ...[over, shelter, celeste.account, hours(-3), hours(-1)],
  ])
  assert.equal(await end(celeste, over), 404)
  assert.ok(await kept(over))
})

test('only who keeps the roster ends a duty, and only by its own organisation', async () => {
  const [celeste, jonah, marisol, odette] = await Promise.all(
    (['celeste', 'jonah', 'marisol', 'odette'] as const).map(harness.as),
  )
  const id = await duty(celeste!, 50, 51)
  assert.equal(await end(jonah!, id), 404)
  assert.equal(await end(jonah!, id, jonah!.organisation), 404)
  assert.equal(await end(marisol!, id), 404)
  assert.ok(await kept(id))
  assert.equal(await end(odette!, id), 204)
  assert.equal(await kept(id), undefined)
})

test('of several who end one duty at once, one does', async () => {
  const celeste = await harness.as('celeste')
  const id = await duty(celeste, 0, 2)
  const all = await Promise.all(Array.from({ length: 5 }, () => end(celeste, id)))
  assert.deepEqual(all.sort(), [204, 404, 404, 404, 404])
})

/** The fields that a duty was refused for, each with its code. */
const wrong = (by: Persona, from: string, to: string): Promise<string[]> =>
  by
    .call(directory.putOnCall, {
      params: { organisation: by.organisation },
      body: { id: uuidv7(), account: by.account, from, to },
    })
    .then(
      () => [],
      (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`).sort(),
    )

test('a duty has not ended yet, begins within a year and lasts a month at most', async () => {
  const jonah = await harness.as('jonah')
  const day = 24
  assert.deepEqual(await wrong(jonah, '1900-01-01T00:00:00Z', '2200-01-01T00:00:00Z'), ['to too-many-days'])
  assert.deepEqual(await wrong(jonah, hours(-3), hours(-1)), ['to past'])
  assert.deepEqual(await wrong(jonah, hours(2), hours(1)), ['to wrong'])
  assert.deepEqual(await wrong(jonah, hours(400 * day), hours(400 * day + 8)), ['from too-far'])
  assert.deepEqual(await wrong(jonah, hours(1), hours(33 * day)), ['to too-many-days'])
  assert.deepEqual(await wrong(jonah, hours(300 * day), hours(330 * day)), [])
})

test('nobody is on call twice at the same time, also when two write it at once', async () => {
  const jonah = await harness.as('jonah')
  assert.deepEqual(await wrong(jonah, hours(10), hours(20)), [])
  for (const [from, to] of [
    [12, 14],
    [5, 11],
    [19, 25],
    [5, 25],
  ] as const)
    assert.deepEqual(await wrong(jonah, hours(from), hours(to)), ['from overlaps'], `${from}–${to}`)
  const ends = (await jonah.call(directory.get, { params: { organisation: jonah.organisation } })).onCall[0]!.to
  assert.deepEqual(await wrong(jonah, ends, hours(24)), [])
  const all = await Promise.all(Array.from({ length: 5 }, () => wrong(jonah, hours(100), hours(110))))
  assert.equal(all.filter(one => one.length === 0).length, 1)
})
