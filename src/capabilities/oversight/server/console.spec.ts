import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { tasks } from '#capabilities/tasks/contract.ts'
import { sequence } from '#platform/audit/sequencer.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { Tx } from '#platform/db/context.ts'
import { auditLog } from '#platform/jobs/jobs.ts'
import { announce } from '#platform/jobs/news.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase, openedCase } from '../../../../tests/harness/make.ts'
import type { PersonKey } from '../../../../tools/demonstration/people.ts'
import { eventOf, oversight } from '../contract.ts'

let harness: Harness
let truth: pg.Client
let dalia: Persona
let wren: Persona
let tobias: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  dalia = await harness.as('dalia')
  wren = await harness.as('wren')
  tobias = await harness.as('tobias')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const asPage = { headers: { 'sec-fetch-site': 'same-origin' } }
const missing = (error: Refusal) => error.code === 'not-found'

test('who opened this case, what did this person open, what left: each is answered, and asking is written down', async () => {
  const { id, reference } = await keptCase(harness)
  const opened = await wren.call(oversight.readEvents, { query: { reference } })
  const read = opened.items.find(one => one.event === 'case.read' && one.actor === tobias.account)!
  assert.equal(read.reference, reference)
  assert.equal(read.name, 'Tobias Fenwick')
  assert.ok(read.organisation && read.compartments.length > 0)
  const again = await wren.call(oversight.readEvents, { query: { reference, limit: '1' } })
  assert.equal(again.items[0]!.event, 'oversight.events-read', 'the question before is in the answer')

  const deeds = await wren.call(oversight.readEvents, { query: { account: dalia.account } })
  assert.ok(deeds.items.length >= 2 && deeds.items.every(one => one.actor === dalia.account))
  const both = await wren.call(oversight.readEvents, { query: { account: dalia.account, reference } })
  assert.ok(both.items.every(one => one.actor === dalia.account && one.reference === reference))

  await (await tobias.fetch('/api/cases/export.csv')).text()
  const exports = await wren.call(oversight.readEvents, { query: { exports: 'yes' } })
  assert.deepEqual(
    exports.items.map(one => [one.event, one.actor]),
    [['case.exported', tobias.account]],
  )
  // What is printed or handed over leaves as a file does.
  assert.equal((await dalia.fetch(`/api/cases/${id}/received?language=es`, asPage)).status, 200)
  assert.equal((await dalia.fetch(`/api/cases/${id}/for-the-person?language=es`, asPage)).status, 200)
  const papers = await wren.call(oversight.readEvents, { query: { exports: 'yes', reference } })
  assert.deepEqual(
    papers.items.map(one => one.event),
    ['oversight.subject-exported', 'referral.received-listed'],
  )
  const none = await wren.call(oversight.readEvents, {
    query: { account: dalia.account, to: new Date(Date.now() - 3_600_000).toISOString() },
  })
  assert.deepEqual(none.items, [])
  assert.ok(id)
})

test('a page ends where the next begins, and nothing is told twice or left out', async () => {
  const all = await wren.call(oversight.readEvents, { query: { account: tobias.account, limit: '100' } })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await wren.call(oversight.readEvents, {
      query: { account: tobias.account, limit: '2', ...(after ? { after } : {}) },
    })
    seen.push(...page.items.map(one => one.id))
    after = page.next
  } while (after)
  assert.deepEqual(
    seen,
    all.items.map(one => one.id),
  )
})

test('a question about nothing is refused, and a reference that there is not looks like none', async () => {
  await assert.rejects(wren.call(oversight.readEvents, { query: {} }), (e: Refusal) => e.code === 'invalid-input')
  await assert.rejects(wren.call(oversight.readEvents, { query: { reference: '00000-00000' } }), missing)
})

test('nothing of the console’s answers says who the person is', async () => {
  const { reference } = await keptCase(harness)
  const text = JSON.stringify(await wren.call(oversight.readEvents, { query: { reference } }))
  for (const word of ['Quintanilla', 'Yeferson', 'mill', 'sister', '0142']) assert.ok(!text.includes(word), word)
})

test('the answer leaves as CSV, counted and written down', async () => {
  const { reference } = await keptCase(harness)
  const response = await wren.fetch(`/api/oversight/events.csv?reference=${reference}`)
  assert.equal(response.headers.get('content-type')?.split(';')[0], 'text/csv')
  const lines = (await response.text()).trim().split(/\r?\n/)
  assert.match(lines[0]!, /^"?at"?,"?event"?/)
  assert.ok(lines.length > 5 && lines.slice(1).every(line => line.includes(reference)))
  const exports = await wren.call(oversight.readEvents, { query: { exports: 'yes', account: wren.account } })
  assert.equal(exports.items[0]!.event, 'oversight.events-exported')
  assert.equal(exports.items[0]!.count, lines.length - 1)
})

test('the coordinator in charge reads the log of their case, and nobody else', async () => {
  const { id } = await keptCase(harness)
  const { items } = await dalia.call(oversight.caseLog, { params: { case: id }, query: { limit: '100' } })
  const told = items.map(one => one.event)
  for (const event of ['screening.recorded', 'case.assigned', 'case.read', 'case.note-added'])
    assert.ok(told.includes(event), event)
  for (const by of ['bastien', 'tobias', 'ines', 'marisol', 'wren', 'odette'] as const)
    await assert.rejects(
      (await harness.as(by)).call(oversight.caseLog, { params: { case: id }, query: {} }),
      missing,
      by,
    )
})

const others: readonly PersonKey[] = [
  'marisol',
  'silas',
  'tobias',
  'ines',
  'dalia',
  'celeste',
  'petra',
  'odette',
  'amara',
]
test('nobody else asks the console, and the database refuses whoever only says so', async () => {
  for (const by of others) {
    const persona = await harness.as(by)
    await assert.rejects(persona.call(oversight.readEvents, { query: { exports: 'yes' } }), missing, by)
    await assert.rejects(persona.call(oversight.unusual, { query: {} }), missing, by)
    assert.equal((await persona.fetch('/api/oversight/events.csv?exports=yes')).status, 404, by)
    await assert.rejects(persona.call(oversight.listCanaries, { query: {} }), missing, by)
  }
  const client = new pg.Client({ connectionString: harness.database.url('app') })
  await client.connect()
  for (const text of [
    `select * from oversight.events(null, null, null, true, null, null, null, 10)`,
    `select * from oversight.reading(now(), 'UTC', 22, 5)`,
    `select * from audit.event`,
  ]) {
    await client.query('begin')
    await client.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.role', 'data-protection-officer', true), set_config('samaan.country', 'XSA', true), set_config('samaan.principals', '{}', true)`,
      [tobias.account],
    )
    await assert.rejects(client.query(text), { code: '42501' }, text)
    await client.query('rollback')
  }
  await client.end()
})

test('many cases in an hour, reading at night and many searches are asked about', async () => {
  const rows = Array.from({ length: 12 }, () => uuidv7())
  const { id } = await keptCase(harness)
  // The country's night: four hours behind UTC, so 03:30 there is 07:30 here.
  const night = new Date(Date.now() - 86_400_000)
  night.setUTCHours(7, 30, 0, 0)
  const put = (at: Date, operation: string, caseId: string | null) =>
    truth.query(
      `insert into audit.event (id, at, case_id, actor_id, operation, body) values ($1, $2, $3, $4, $5, '{"event":"case.read"}')`,
      [uuidv7(), at, caseId, dalia.account, operation],
    )
  for (const one of rows) await put(night, 'cases.read', one)
  for (let at = 0; at < 15; at++) await put(night, 'cases.search', null)
  const { items } = await wren.call(oversight.unusual, { query: { days: '7' } })
  const kinds = new Set(items.filter(one => one.account === dalia.account).map(one => one.kind))
  assert.deepEqual([...kinds].sort(), ['at-night', 'many-cases', 'many-searches'])
  assert.equal(items.find(one => one.kind === 'many-cases')!.count, 12)
  await truth.query('delete from audit.event where at = $1', [night])
  assert.ok(id)
})

/** As the jobs do every second: numbers the events and tells the slices. */
async function sequenced() {
  const client = new pg.Client({ connectionString: harness.database.url('jobs') })
  await client.connect()
  const failed: unknown[] = []
  try {
    await sequence(client, harness.services.keys, {
      ...auditLog(harness.services.config),
      heard: events => announce(new Tx(client), 'audit.numbered', { events }),
      failed: error => failed.push(error),
    })
  } finally {
    await client.end()
  }
  assert.deepEqual(failed, [])
}

test('an invented case looks like any other to the unit, and whoever reads it is told of as soon as the audit is numbered', async () => {
  const body = { id: uuidv7(Date.now() - 40 * 86_400_000), givenName: 'Marlene', familyName: 'Ostrander' }
  const { reference } = await wren.call(oversight.plantCanary, { body })
  const list = await tobias.call(cases.list, { query: { limit: '100' } })
  const row = list.items.find(one => one.id === body.id)!
  assert.equal(row.reference, reference)
  await sequenced()
  assert.ok(!(await wren.call(oversight.alerts, { query: {} })).items.some(one => one.kind === 'canary-read'))
  const alarms = async () => {
    await sequenced()
    const { items } = await wren.call(oversight.alerts, { query: { unseen: 'yes' } })
    return items.filter(one => one.kind === 'canary-read').length
  }
  // Whose name was shown was read, whatever it was that showed it.
  const hits = await tobias.call(cases.search, { query: { words: 'Ostrander' } })
  assert.equal(hits.items[0]!.id, body.id)
  assert.equal(await alarms(), 1)
  const alike = await tobias.call(cases.alike, { query: { givenName: 'Marlene', familyName: 'Ostrander' } })
  assert.equal(alike.items[0]!.case, body.id)
  assert.equal(await alarms(), 2)
  const read = await tobias.call(cases.read, { params: { case: body.id } })
  assert.equal(read.identity?.familyName, 'Ostrander')
  assert.ok(!/canar|invent/i.test(JSON.stringify(read)))
  assert.equal(await alarms(), 3)
  await tobias.call(cases.search, { query: { words: 'Nobodyscalledso' } })
  assert.equal(await alarms(), 3)
  const planted = (await wren.call(oversight.listCanaries, { query: {} })).items.find(one => one.id === body.id)!
  assert.deepEqual(
    planted.reads.map(one => one.account),
    Array.from({ length: 3 }, () => tobias.account),
  )
  assert.ok((await wren.call(oversight.unusual, { query: { days: '1' } })).items.some(one => one.kind === 'canary'))
  // Administrators see nothing of it; nor do the log or the audit of the case say which one is invented.
  await assert.rejects((await harness.as('odette')).call(oversight.listCanaries, { query: {} }), missing)
  const { rows } = await truth.query(
    `select count(*)::int as n from audit.event where case_id = $1 and actor_id = $2`,
    [body.id, wren.account],
  )
  assert.equal(rows[0].n, 0)
})

test('an invented case stands as one whose person withdrew: where it was made, in nobody’s list of what there is to do', async () => {
  const id = await openedCase(harness)
  const { version } = await tobias.call(cases.read, { params: { case: id } })
  await tobias.call(cases.move, {
    params: { case: id },
    version,
    body: { id: uuidv7(), move: 'withdraw', reasons: 'She wants to go home.' },
  })
  const made = Date.now() - 50 * 86_400_000
  const planted = uuidv7(made)
  await wren.call(oversight.plantCanary, { body: { id: planted, givenName: 'Odalys', familyName: 'Ferreyra' } })
  const rowOf = async (one: string) =>
    (await tobias.call(cases.list, { query: { limit: '100' } })).items.find(row => row.id === one)!
  const [real, invented] = [await rowOf(id), await rowOf(planted)]
  const alike = ['status', 'identification', 'coordinator', 'child', 'dueAt', 'version'] as const
  assert.deepEqual(
    alike.map(field => [field, invented[field]]),
    alike.map(field => [field, real[field]]),
  )
  assert.equal(Date.parse(invented.madeAt), made)
  const still = (await tobias.call(cases.clocks, { query: { state: 'paused', limit: '100' } })).items
  const shapeOf = (one: string) => {
    const { kind, pausedAt, pauseReason } = still.find(each => each.case === one)!
    return [kind, typeof pausedAt, pauseReason]
  }
  assert.deepEqual(shapeOf(planted), shapeOf(id))
  for (const key of ['tobias', 'ines', 'dalia', 'rufus'] as const) {
    const { items } = await (await harness.as(key)).call(tasks.today, { query: { ahead: '7' } })
    assert.ok(!items.some(one => one.case === planted), key)
  }
})

test('what hears the audit may fail, and the audit goes on', async () => {
  await tobias.call(cases.list, { query: {} })
  const client = new pg.Client({ connectionString: harness.database.url('jobs') })
  await client.connect()
  const failed: unknown[] = []
  const numbered = await sequence(client, harness.services.keys, {
    ...auditLog(harness.services.config),
    heard: () => client.query('select 1 / 0'),
    failed: error => failed.push(error),
  })
  await client.end()
  assert.ok(numbered > 0)
  assert.equal(failed.length, 1)
  const { rows } = await truth.query('select count(*)::int as n from audit.event where leaf_no is null')
  assert.equal(rows[0].n, 0)
})

test('every event that an operation writes has plain words in both languages', () => {
  const codes = harness.bindings.flatMap(({ operation }) =>
    typeof operation.audit === 'string' ? [operation.audit] : [],
  )
  const { en, es } = loadCatalogues(['base', 'desk'])
  for (const words of [en, es]) assert.deepEqual([...new Set(codes)].filter(code => !words[eventOf(code)]).sort(), [])
})
