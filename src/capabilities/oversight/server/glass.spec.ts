import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { care } from '#capabilities/care/contract.ts'
import { cases } from '#capabilities/cases/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import type { PersonKey } from '../../../../tools/demonstration/people.ts'
import { oversight } from '../contract.ts'
import { glassBody, why } from '../make.ts'

let harness: Harness
let truth: pg.Client
let dalia: Persona
let bastien: Persona
let wren: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[dalia, bastien, wren] = (await Promise.all((['dalia', 'bastien', 'wren'] as const).map(harness.as))) as [
    Persona,
    Persona,
    Persona,
  ]
})
after(async () => {
  await truth.end()
  await harness.stop()
})
/** Nothing that anybody did before stands in the way. */
const forget = () =>
  truth.query(
    `update oversight.break_glass set at = at - interval '30 days', until = until - interval '30 days', review = 'justified', reviewed_by = $1, reviewed_at = now() where review is null`,
    [wren.account],
  )

const missing = (error: Refusal) => error.code === 'not-found'
const send = (by: Persona, reference: string, change = {}) =>
  by.call(oversight.breakGlass, { body: glassBody(reference, change) })

test('a coordinator without a place in a case opens identity and notes for an hour, to read and nothing else', async () => {
  const { id, reference } = await keptCase(harness)
  const closed = await bastien.call(cases.read, { params: { case: id } }).catch(error => error)
  assert.equal(closed.code, 'not-found')
  await dalia.call(care.changeSafety, {
    params: { case: id },
    version: 0,
    body: {
      threats: [{ source: 'suspect', target: 'person', what: 'Waits at the bus stop', likelihood: 3, impact: 4 }],
      measures: [{ what: 'Another way home', owner: 'person' }],
      contact: { ways: ['text'] },
      reviewOn: inDays(2),
      codeWord: 'papaya',
    },
  })
  const { id: glass, until } = await send(bastien, ` ${reference} `)
  assert.ok(Date.parse(until) - Date.now() <= 3_600_000)
  const shown = await bastien.call(oversight.readGlass, { params: { glass } })
  assert.equal(shown.identity?.familyName, 'Quintanilla')
  assert.match(shown.notes![0]!.text, /sister/)
  assert.equal(shown.safety?.threats[0]?.what, 'Waits at the bus stop')
  assert.ok(!JSON.stringify(shown).includes('papaya'), 'the code word stays closed')
  assert.ok(!JSON.stringify(shown).includes('mill'), 'where they are stays closed')
  // It gives no place in the case: nothing else of it opens, and nothing is written.
  for (const path of [`/api/cases/${id}`, `/api/cases/${id}/attachments`, `/api/cases/${id}/consents`])
    assert.equal((await bastien.fetch(path)).status, 404, path)
  await assert.rejects(
    bastien.call(cases.addNote, { params: { case: id }, body: { id: uuidv7(), text: 'mine' } }),
    missing,
  )
  const { rows } = await truth.query(
    `select body::jsonb ->> 'basis' as basis, body::jsonb -> 'compartments' as compartments from audit.event
     where case_id = $1 and body::jsonb ->> 'event' = 'case.glass-read'`,
    [id],
  )
  assert.deepEqual(rows, [{ basis: glass, compartments: ['ID', 'SVC'] }])
})

test('each role opens what its ceiling leaves of identity and services', async () => {
  for (const [by, notes] of [
    ['marisol', false],
    ['kofi', false],
    ['tobias', false],
    ['ines', false],
    ['celeste', true],
    ['jonah', true],
  ] as const) {
    await forget()
    const { reference } = await keptCase(harness)
    const persona = await harness.as(by)
    const { id: glass } = await send(persona, reference)
    const shown = await persona.call(oversight.readGlass, { params: { glass } })
    assert.ok(shown.identity, by)
    assert.equal(shown.notes !== undefined, notes, by)
    assert.equal(shown.safety, undefined, 'there is none')
  }
})

test('nobody else breaks glass, and nobody reads through another’s', async () => {
  await forget()
  const { reference } = await keptCase(harness)
  for (const by of ['silas', 'petra', 'odette', 'wren', 'amara'] as const)
    await assert.rejects(send(await harness.as(by), reference), missing, by)
  const { id: glass } = await send(bastien, reference)
  for (const by of ['dalia', 'tobias', 'wren', 'celeste'] as const)
    await assert.rejects((await harness.as(by)).call(oversight.readGlass, { params: { glass } }), missing, by)
})

test('when the hour is over it is over, and it is not renewed within a day', async () => {
  await forget()
  const { id, reference } = await keptCase(harness)
  const { id: glass } = await send(bastien, reference)
  await truth.query(`update policy.case_glimpse set until = now() - interval '1 second' where basis_id = $1`, [glass])
  await assert.rejects(bastien.call(oversight.readGlass, { params: { glass } }), missing)
  await assert.rejects(send(bastien, reference), missing)
  await truth.query(
    `update oversight.break_glass set at = at - interval '25 hours', until = until - interval '25 hours' where id = $1`,
    [glass],
  )
  assert.ok((await send(bastien, reference)).id)
  assert.ok(id)
})

test('a reason that says too little, and a proof that is too old, open nothing', async () => {
  await forget()
  const { reference } = await keptCase(harness)
  for (const text of ['urgent', 'x'.repeat(19), `${' '.repeat(30)}`])
    await assert.rejects(send(bastien, reference, { text }), (error: Refusal) => error.fields[0]?.field === 'text')
  harness.setNow(new Date(Date.now() + 10 * 60_000))
  await assert.rejects(send(bastien, reference), (error: Refusal) => error.code === 'step-up-needed')
  // Nor do they tell whether there is such a case.
  assert.equal(await answerTo(bastien, '00000-00000'), await answerTo(bastien, reference))
  harness.setNow(undefined)
  assert.ok((await send(bastien, reference)).id)
})

/** The answer of a refusal, byte for byte but for the request's own id. */
async function answerTo(by: Persona, reference: string) {
  const response = await by.fetch('/api/oversight/glasses', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': uuidv7(),
      origin: harness.services.config.staffOrigin,
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify(glassBody(reference)),
  })
  return `${response.status} ${(await response.text()).replace(/"request":"[^"]+"/, '')}`
}

test('a case that there is not, a suspended right, a fourth in a day: all look like a missing record', async () => {
  await forget()
  const found = [] as string[]
  for (let at = 0; at < 5; at++) found.push((await keptCase(harness)).reference)
  const none = await answerTo(bastien, '00000-00000')
  assert.match(none, /^404 /)
  for (const reference of found.slice(0, 3)) await send(bastien, reference)
  assert.equal((await bastien.call(oversight.myGlasses, {})).left, 0)
  assert.equal(await answerTo(bastien, found[3]!), none)
  await forget()
  await send(bastien, found[3]!)
  await truth.query(
    `update oversight.break_glass set at = now() - interval '73 hours', until = now() - interval '72 hours' where account_id = $1 and review is null`,
    [bastien.account],
  )
  assert.equal((await bastien.call(oversight.myGlasses, {})).suspended, true)
  assert.equal(await answerTo(bastien, found[4]!), none)
  const waiting = await wren.call(oversight.listGlasses, { query: { waiting: 'yes' } })
  assert.equal(waiting.items.find(one => one.by === bastien.account)?.overdue, true)
  const late = waiting.items.find(one => one.by === bastien.account)!
  await wren.call(oversight.reviewGlass, {
    params: { glass: late.id },
    version: late.version,
    body: { outcome: 'justified', text: 'The hospital confirmed it.' },
  })
  assert.ok((await send(bastien, found[4]!)).id, 'the right is back once somebody has looked')
})

test('many at once by one person are still at most three', async () => {
  await forget()
  const references = [] as string[]
  for (let at = 0; at < 5; at++) references.push((await keptCase(harness)).reference)
  const done = await Promise.allSettled(references.map(one => send(bastien, one)))
  assert.equal(done.filter(one => one.status === 'fulfilled').length, 3)
})

test('the coordinator, intake of the unit and those who protect data are told at once, by ids only', async () => {
  await forget()
  const { reference } = await keptCase(harness)
  const { id: glass } = await send(await harness.as('jonah'), reference)
  for (const by of ['dalia', 'tobias', 'wren'] as const) {
    const persona = await harness.as(by)
    const { items } = await persona.call(oversight.alerts, { query: { unseen: 'yes' } })
    const told = items.find(one => one.about === glass)!
    assert.equal(told?.kind, 'glass-broken', by)
    await persona.call(oversight.seeAlert, { params: { alert: told.id }, body: {} })
    const again = await persona.call(oversight.alerts, { query: { unseen: 'yes' } })
    assert.ok(!again.items.some(one => one.about === glass))
  }
  for (const by of ['jonah', 'marisol', 'celeste'] as const) {
    const { items } = await (await harness.as(by)).call(oversight.alerts, { query: {} })
    assert.ok(!items.some(one => one.about === glass), by)
  }
})

test('another judges it with reasons, once; what was not justified ends at once, and the person is told', async () => {
  await forget()
  const { id, reference } = await keptCase(harness)
  const { id: glass } = await send(bastien, reference)
  const queue = await wren.call(oversight.listGlasses, { query: { waiting: 'yes' } })
  const waits = queue.items.find(one => one.id === glass)!
  assert.deepEqual([waits.text, waits.reference, waits.reviewable], [why, reference, true])
  const review = (by: Persona, version = waits.version) =>
    by.call(oversight.reviewGlass, {
      params: { glass },
      version,
      body: { outcome: 'not-justified', text: 'The coordinator had her phone on all day.' },
    })
  for (const by of ['bastien', 'dalia', 'tobias', 'odette', 'silas'] as const)
    await assert.rejects(review(await harness.as(by)), missing, by)
  await assert.rejects(review(wren, 9), (error: Refusal) => error.code === 'version-stale')
  await review(wren)
  await assert.rejects(review(wren), (error: Refusal) => error.code === 'already-answered')
  await assert.rejects(bastien.call(oversight.readGlass, { params: { glass } }), missing)
  const mine = await bastien.call(oversight.myGlasses, {})
  assert.match(mine.items.find(one => one.id === glass)!.reviewText!, /phone on/)
  const [ofCase] = (await dalia.call(oversight.glassesOfCase, { params: { case: id } })).items
  assert.equal(ofCase!.review, 'not-justified')
  await assert.rejects(
    bastien.call(oversight.tellPerson, { params: { glass }, version: ofCase!.version, body: {} }),
    missing,
  )
  await dalia.call(oversight.tellPerson, { params: { glass }, version: ofCase!.version, body: {} })
  assert.ok((await dalia.call(oversight.glassesOfCase, { params: { case: id } })).items[0]!.toldAt)
})

/** Runs a statement as the application with somebody's fence, whatever the rules above it say. */
async function asRow(by: Persona, role: string, mask: number, text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: harness.database.url('app') })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true), set_config('samaan.role', $3, true),
        set_config('samaan.compartments', $4, true), set_config('samaan.country', 'XSA', true), set_config('samaan.organisation', '', true)`,
      [by.account, `{${by.account}}`, role, String(mask)],
    )
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

test('the database holds by itself: no glimpse is made, judged or kept longer by another way', async () => {
  await forget()
  const { id, reference } = await keptCase(harness)
  await send(bastien, reference)
  const refused = { code: '42501' }
  await assert.rejects(
    asRow(bastien, 'coordinator', 127, 'update policy.case_glimpse set until = now() returning 1', []),
    refused,
  )
  await assert.rejects(
    asRow(
      bastien,
      'coordinator',
      127,
      `insert into policy.case_glimpse values ($1, $2, 'break-glass', $2, 127, now())`,
      [bastien.account, id],
    ),
    refused,
  )
  // A role that somebody does not hold breaks nothing, whatever the settings say.
  const other = await keptCase(harness)
  const breaking = `select * from oversight.break_glass($1, $2, 'other', '')`
  await assert.rejects(asRow(wren, 'coordinator', 127, breaking, [uuidv7(), other.reference]), refused)
  const glass = (await bastien.call(oversight.myGlasses, {})).items[0]!
  for (const role of ['coordinator', 'data-protection-officer'])
    await assert.rejects(
      asRow(bastien, role, 127, `select oversight.review_glass($1, 1, 'justified', '')`, [glass.id]),
      refused,
    )
  const seen = await asRow(bastien, 'coordinator', 127, 'select case_id from cases.location where case_id = $1', [id])
  assert.deepEqual(seen, [])
})

test('whoever let somebody in that day does not judge them', async () => {
  await forget()
  const { reference } = await keptCase(harness)
  const jonah = await harness.as('jonah')
  const { id: glass } = await send(jonah, reference)
  await truth.query('update auth.assignment set granted_by = $1, granted_at = now() where account_id = $2', [
    wren.account,
    jonah.account,
  ])
  const shown = await wren.call(oversight.listGlasses, { query: { waiting: 'yes' } })
  const waits = shown.items.find(one => one.id === glass)!
  assert.equal(waits.reviewable, false)
  const body = { outcome: 'justified', text: 'It was right.' } as const
  await assert.rejects(wren.call(oversight.reviewGlass, { params: { glass }, version: waits.version, body }), missing)
  await truth.query('update auth.assignment set granted_by = null where account_id = $1', [jonah.account])
})

const everybody: readonly PersonKey[] = [
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
test('only who protects data sees the queue', async () => {
  for (const by of everybody)
    await assert.rejects((await harness.as(by)).call(oversight.listGlasses, { query: {} }), missing, by)
  assert.ok((await wren.call(oversight.listGlasses, { query: {} })).items.length > 0)
})
