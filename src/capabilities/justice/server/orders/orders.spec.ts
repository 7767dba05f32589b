import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { keptCase, openedCase } from '../../../../../tests/harness/make.ts'
import { people } from '../../../../../tools/demonstration/people.ts'
import { justice } from '../../contract.ts'
import { confirmedOrder, interestBody, orderBody, planted } from '../../make.ts'

let harness: Harness
let truth: pg.Client
let tobias: Persona
let dalia: Persona
let ines: Persona
let petra: Persona
let vasco: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  ;[tobias, dalia, ines, petra, vasco] = (await Promise.all(
    (['tobias', 'dalia', 'ines', 'petra', 'vasco'] as const).map(harness.as),
  )) as [Persona, Persona, Persona, Persona, Persona]
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const at = (field: string) => (error: Refusal) => error.fields[0]?.field === field
const record = (by: Persona, id: string, body = orderBody(petra.organisation, [petra.account])) =>
  by.call(justice.recordOrder, { params: { case: id }, body }).then(() => body.id)
const answer = (by: Persona, id: string, order: string, said: 'confirmed' | 'returned' = 'confirmed') =>
  by.call(justice.answerOrder, { params: { case: id, order }, version: 1, body: { answer: said } })
const revoke = (by: Persona, id: string, order: string, version = 2) =>
  by.call(justice.revokeOrder, { params: { case: id, order }, version, body: {} })
/** Receives and reads, as the screen does. */
async function take(by: Persona, handed: string) {
  const receipt = uuidv7()
  await by.call(justice.receive, { params: { handed }, body: { id: receipt } })
  return by.call(justice.readHanded, { params: { handed, receipt } })
}
const handedTo = async (by: Persona) => (await by.call(justice.handed, {})).items.map(one => one.id)

test('an order opens nothing until a second person of the unit confirms it, and then exactly what it names', async () => {
  const { id, reference } = await keptCase(harness)
  const order = await record(tobias, id)
  assert.deepEqual(await handedTo(petra), [])
  await assert.rejects(take(petra, order), missing)
  await assert.rejects(answer(tobias, id, order), missing)
  await answer(ines, id, order)
  const [given] = (await petra.call(justice.handed, {})).items
  assert.deepEqual(
    [given!.reference, given!.court, given!.compartments],
    [reference, 'Second Assize of Port Saman', ['ID', 'LOC']],
  )
  const { content, receipt } = await take(petra, order)
  assert.equal(content.identity?.familyName, planted.name)
  assert.equal(content.location, planted.place)
  assert.ok(!('notes' in content) && !JSON.stringify(content).includes('sister'))
  assert.equal(receipt.number, '118/2026')
  assert.match(receipt.hash, /^[0-9a-f]{64}$/)
  for (const path of [`/api/cases/${id}`, `/api/cases/${id}/handed`, `/api/cases/${id}/consents`])
    assert.equal((await petra.fetch(path)).status, 404, path)
  await revoke(dalia, id, order)
  await assert.rejects(take(petra, order), missing)
})

test('each compartment that an order may name opens by itself', async () => {
  const { id } = await keptCase(harness)
  const shows = { ID: planted.name, SVC: planted.note, HLT: undefined, LOC: planted.place }
  for (const one of ['ID', 'SVC', 'HLT', 'LOC'] as const) {
    const order = await confirmedOrder(harness, id, petra, { compartments: [one] })
    const { content } = await take(petra, order)
    const text = JSON.stringify(content)
    for (const [other, words] of Object.entries(shows))
      if (words) assert.equal(text.includes(words), one === other, `${one} shows ${other}`)
    assert.equal('health' in content, one === 'HLT')
    await revoke(ines, id, order)
  }
})

test('an order opens to whom it names and to nobody beside them, in no other role', async () => {
  const { id } = await keptCase(harness)
  const order = await confirmedOrder(harness, id, petra)
  const receipt = uuidv7()
  await petra.call(justice.receive, { params: { handed: order }, body: { id: receipt } })
  for (const { key } of people) {
    if (key === 'petra') continue
    const persona = await harness.as(key)
    await assert.rejects(
      persona.call(justice.receive, { params: { handed: order }, body: { id: uuidv7() } }),
      missing,
      key,
    )
    await assert.rejects(persona.call(justice.readHanded, { params: { handed: order, receipt } }), missing, key)
  }
  await truth.query(`update auth.assignment set role = 'officer' where account_id = $1`, [petra.account])
  const officer = await harness.as('petra')
  await assert.rejects(take(officer, order), missing)
  for (const table of ['cases.folder', 'cases.identity', 'cases.location', 'justice.court_order', 'justice.receipt'])
    assert.equal(await seenBy('officer', petra.account, table), 0, table)
  await truth.query(`update auth.assignment set role = 'investigator' where account_id = $1`, [petra.account])
  await revoke(tobias, id, order)
})

/** Rows of a table under the fence of that role. */
async function seenBy(role: string, account: string, table: string): Promise<number> {
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  try {
    await app.query('begin')
    await app.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.principals', '{' || $1 || '}', true),
        set_config('samaan.role', $2, true), set_config('samaan.country', 'XSA', true),
        set_config('samaan.compartments', '113', true), set_config('samaan.organisation', '', true)`,
      [account, role],
    )
    return (await app.query(`select count(*)::int as n from ${table}`)).rows[0].n
  } finally {
    await app.end()
  }
}

test('before it begins an order is not confirmed; when it ends it is over, at once', async () => {
  const { id } = await keptCase(harness)
  const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const early = await record(tobias, id, orderBody(petra.organisation, [petra.account], { from: later(2) }))
  await assert.rejects(answer(ines, id, early), { code: 'not-now' })
  await answer(ines, id, early, 'returned')
  const order = await confirmedOrder(harness, id, petra)
  await take(petra, order)
  await truth.query(`update policy.case_glimpse set until = now() - interval '1 millisecond' where basis_id = $1`, [
    order,
  ])
  await assert.rejects(take(petra, order), missing)
  assert.deepEqual(await handedTo(petra), [])
})

test('nobody of the police records or confirms, nobody confirms their own, and nobody is named by who let them in that day', async () => {
  const { id } = await keptCase(harness)
  for (const { key } of people)
    if (!['tobias', 'dalia'].includes(key)) await assert.rejects(record(await harness.as(key), id), missing, key)
  for (const named of [dalia.account, (await harness.as('kofi')).account, uuidv7()])
    await assert.rejects(record(tobias, id, orderBody(petra.organisation, [petra.account, named])), at('named'))
  await assert.rejects(record(tobias, id, orderBody(tobias.organisation, [petra.account])), at('named'))
  const past = new Date(Date.now() - 1000).toISOString()
  await assert.rejects(record(tobias, id, orderBody(petra.organisation, [petra.account], { until: past })), at('until'))
  const mine = await record(dalia, id)
  for (const { key } of people)
    if (!['tobias', 'ines', 'rufus', 'noemi'].includes(key))
      await assert.rejects(answer(await harness.as(key), id, mine), missing, key)
  await truth.query(`update auth.account set created_by = $1, created_at = now() - interval '2 hours' where id = $2`, [
    tobias.account,
    petra.account,
  ])
  await assert.rejects(record(tobias, id), at('named'))
  await assert.rejects(answer(tobias, id, mine), { code: 'not-now' })
  await truth.query(`update auth.account set created_at = now() - interval '2 days' where id = $1`, [petra.account])
  await answer(tobias, id, mine)
  await revoke(tobias, id, mine)
})

test('a case that is closed to somebody is closed to them by an order too', async () => {
  const { id } = await keptCase(harness)
  const order = await confirmedOrder(harness, id, petra)
  await take(petra, order)
  await truth.query(
    `insert into policy.case_hidden (case_id, basis, basis_id, account_id) values ($1, 'conflict', gen_random_uuid(), $2)`,
    [id, petra.account],
  )
  await assert.rejects(take(petra, order), missing)
  assert.deepEqual(await handedTo(petra), [])
  // Nor does whoever it is closed to second or end one.
  await truth.query('update policy.case_hidden set account_id = $2 where case_id = $1', [id, ines.account])
  await assert.rejects(revoke(ines, id, order), missing)
  await revoke(tobias, id, order)
})

test('what changed since a receipt is received again before it is read', async () => {
  const { id } = await keptCase(harness)
  const order = await confirmedOrder(harness, id, petra, { compartments: ['SVC'] })
  const params = { handed: order, receipt: uuidv7() }
  await petra.call(justice.receive, { params, body: { id: params.receipt } })
  await petra.call(justice.readHanded, { params })
  await dalia.call(cases.addNote, { params: { case: id }, body: { id: uuidv7(), text: 'Something new.' } })
  await assert.rejects(petra.call(justice.readHanded, { params }), { code: 'conflict' })
  const { content } = await take(petra, order)
  assert.equal(content.notes?.length, 2)
  await revoke(tobias, id, order)
})

test('each reading is in the audit with the order it stands on, and the coordinator and the reader see the same receipt', async () => {
  const { id } = await keptCase(harness)
  const order = await confirmedOrder(harness, id, petra)
  const { receipt } = await take(petra, order)
  const { rows } = await truth.query(
    `select actor_id, body::jsonb ->> 'basis' as basis, body::jsonb -> 'compartments' as compartments
     from audit.event where case_id = $1 and body::jsonb ->> 'event' = 'case.handed-read'`,
    [id],
  )
  assert.deepEqual(rows, [{ actor_id: petra.account, basis: order, compartments: ['ID', 'LOC', 'STA'] }])
  await revoke(dalia, id, order)
  // What was handed over is gone; that it was is not.
  const kept = (await petra.call(justice.receipts, { query: {} })).items.find(one => one.id === receipt.id)
  assert.deepEqual(kept, receipt)
  for (const by of [dalia, tobias, ines]) {
    const shown = await by.call(justice.ofCase, { params: { case: id } })
    assert.deepEqual(shown.receipts, [receipt])
    assert.equal(shown.orders[0]!.state, 'revoked')
    assert.equal(shown.records, by !== ines)
  }
  for (const { key } of people)
    if (!['dalia', 'tobias', 'ines', 'rufus', 'noemi'].includes(key))
      await assert.rejects((await harness.as(key)).call(justice.ofCase, { params: { case: id } }), missing, key)
  await assert.rejects(
    truth.query(`set role samaan_app; update justice.receipt set hash = hash`).finally(() => truth.query('reset role')),
    /permission denied/,
  )
})

test('a vital interest opens at once and for a day; upheld it stands to its end, not upheld it is over', async () => {
  const { id } = await keptCase(harness)
  const give = async (change = {}, by = dalia) => {
    const body = interestBody(petra.organisation, petra.account, change)
    await by.call(justice.recordInterest, { params: { case: id }, body })
    return body.id
  }
  const review = (by: Persona, interest: string, outcome: 'upheld' | 'not-upheld') =>
    by.call(justice.reviewInterest, { params: { case: id, interest }, version: 1, body: { outcome } })
  const endOf = async (interest: string) =>
    (
      await truth.query(
        `select round(extract(epoch from until - now()) / 3600)::int as hours from policy.case_glimpse where basis_id = $1`,
        [interest],
      )
    ).rows[0]?.hours
  const first = await give()
  assert.equal((await take(petra, first)).content.location, planted.place)
  assert.equal(await endOf(first), 24)
  for (const by of [dalia, petra, vasco]) await assert.rejects(review(by, first, 'upheld'), missing)
  await review(tobias, first, 'upheld')
  assert.equal(await endOf(first), 48)
  assert.equal((await take(petra, first)).receipt.basis, 'vital-interest')
  const both = await Promise.allSettled([give({ compartments: ['ID'] }), give({ compartments: ['ID'] })])
  const [second] = both.flatMap(one => (one.status === 'fulfilled' ? one.value : []))
  assert.deepEqual(both.map(one => one.status).sort(), ['fulfilled', 'rejected'])
  // Not again by oneself: neither before it was judged nor after it was not upheld.
  await assert.rejects(give(), { code: 'same-person' })
  await review(ines, second!, 'not-upheld')
  await assert.rejects(take(petra, second!), missing)
  await assert.rejects(give(), { code: 'same-person' })
  const soon = await give({ until: new Date(Date.now() + 3 * 3_600_000).toISOString() }, tobias)
  assert.equal(await endOf(soon), 3)
  // Nobody looked at it within the day: what ended is not begun again.
  await truth.query(`update policy.case_glimpse set until = now() - interval '1 minute' where basis_id = $1`, [soon])
  await review(dalia, soon, 'upheld')
  await assert.rejects(take(petra, soon), missing)
  const tooLong = new Date(Date.now() + 73 * 3_600_000).toISOString()
  await assert.rejects(give({ until: tooLong }, tobias), at('until'))
})

test('orders of a case are with that case alone, and its history says that they were without what they said', async () => {
  const { id } = await keptCase(harness)
  const other = await openedCase(harness)
  const order = await record(tobias, id)
  await assert.rejects(answer(ines, other, order), missing)
  await assert.rejects(revoke(ines, other, order, 1), missing)
  await answer(ines, id, order)
  const { timeline } = await tobias.call(cases.read, { params: { case: id } })
  const told = timeline.filter(one => one.event.startsWith('justice.'))
  assert.deepEqual(
    told.map(one => [one.event, one.about]),
    [
      ['justice.order-recorded', { compartments: ['ID', 'LOC'] }],
      ['justice.order-answered', { answer: 'confirmed' }],
    ],
  )
  assert.equal(
    await seenBy('officer', (await harness.as('marisol')).account, `cases.timeline where event like 'justice.%'`),
    0,
  )
  assert.ok((await seenBy('officer', (await harness.as('marisol')).account, 'cases.timeline')) > 0)
  const { rows } = await truth.query(
    `select count(*)::int as n from justice.court_order o where o::text ~ 'Assize|118/2026' or o::text ~ encode('Assize', 'hex')`,
  )
  assert.equal(rows[0].n, 0)
  await revoke(tobias, id, order)
})
