import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import type { Persona } from '../../../../../tests/harness/harness.ts'
import { cases } from '../../contract.ts'
import { clock, codeOf, day, fieldsOf, unitAtWork } from './make.ts'
import { overdueClocks } from './overdue.ts'

const { harness, ines, dalia, tobias, read, caseOfDalia, decide, move } = await unitAtWork()
after(() => harness.stop())

test('a clock is paused for the country’s reasons, resumed, and its end moves by what it stood still', async () => {
  const id = await caseOfDalia()
  const { version, clocks } = await read(id)
  const first = clocks[0]!
  const at = { params: { case: id, clock: first.id } }
  const pause = (reason: string, from?: string) =>
    dalia.call(cases.pauseClock, { ...at, version, body: { id: uuidv7(), reason, ...(from ? { from } : {}) } })
  assert.deepEqual(await fieldsOf(pause('it-rains')), ['reason'])
  assert.deepEqual(await fieldsOf(pause('person-unwell', new Date(Date.now() - 3 * day).toISOString())), ['from'])
  await pause('person-unwell')
  const paused = await read(id)
  assert.equal(paused.dueAt, null)
  assert.equal(clock(paused, 'reasonable-grounds').pauseReason, 'person-unwell')
  const list = await tobias.call(cases.clocks, { query: { state: 'paused', reference: paused.reference } })
  assert.deepEqual(
    list.items.map(one => [one.id, one.state, one.pauseReason]),
    [[first.id, 'paused', 'person-unwell']],
  )
  harness.setNow(new Date(Date.now() + 14 * day))
  try {
    await ines.call(cases.resumeClock, { ...at, version: paused.version, body: {} })
  } finally {
    harness.setNow(undefined)
  }
  const resumed = clock(await read(id), 'reasonable-grounds')
  assert.equal(resumed.pausedAt, null)
  // Of two weeks nine working days at least end while it stands still, besides the day it began on: one weekend or more.
  assert.ok(Date.parse(resumed.dueAt) - Date.parse(first.dueAt) >= 11 * day)
})

test('the recovery period is extended with reasons, and only what the country lets be extended', async () => {
  const id = await caseOfDalia()
  const extend = async (kind: string) => {
    const { version, clocks } = await read(id)
    const found = clocks.find(one => one.kind === kind && !one.stoppedAt)!
    await dalia.call(cases.extendClock, {
      params: { case: id, clock: found.id },
      version,
      body: { id: uuidv7(), by: 15, reasons: 'She sleeps badly and asks for time.' },
    })
    return found
  }
  assert.equal(await codeOf(extend('reasonable-grounds')), 'not-now')
  await decide(ines, id, 'positive')
  const before = await extend('recovery-period')
  const after = await read(id)
  assert.equal(Date.parse(clock(after, 'recovery-period').dueAt) - Date.parse(before.dueAt), 15 * day)
  assert.equal(after.steps?.at(-1)?.reasons, 'She sleeps badly and asks for time.')
})

test('a clock that ran out says so once, stands on the list, and decides nothing', async () => {
  const id = await caseOfDalia()
  const { reference } = await read(id)
  const connections = pool(harness.database.url('jobs'), 1, 'test-jobs')
  const run = (at: Date) => inTransaction(connections, undefined, tx => overdueClocks(harness.services).run(tx, at))
  try {
    await run(new Date())
    const later = new Date(Date.now() + 20 * day)
    await run(later)
    await run(later)
    const found = await read(id)
    assert.equal(found.timeline.filter(one => one.event === 'case.clock-overdue').length, 1)
    assert.equal(found.identification, 'pending')
    harness.setNow(later)
    const states = async (by: Persona, state?: 'overdue' | 'running') =>
      (await by.call(cases.clocks, { query: { reference, ...(state ? { state } : {}) } })).items.map(one => one.state)
    assert.deepEqual(await states(tobias, 'overdue'), ['overdue'])
    assert.deepEqual(await states(dalia), ['overdue'])
    assert.deepEqual(await states(tobias, 'running'), [])
    assert.deepEqual(await states(await harness.as('bastien')), [])
  } finally {
    harness.setNow(undefined)
    await connections.end()
  }
})

test('the list goes on where its page ended', async () => {
  for (let made = 0; made < 3; made++) await caseOfDalia()
  const seen: string[] = []
  let after: string | undefined
  do {
    const found = await tobias.call(cases.clocks, { query: { limit: '2', ...(after ? { after } : {}) } })
    seen.push(...found.items.map(one => one.id))
    after = found.next
  } while (after)
  const whole = await tobias.call(cases.clocks, { query: { limit: '100' } })
  assert.deepEqual(
    seen,
    whole.items.map(one => one.id),
  )
  assert.deepEqual(
    whole.items.map(one => one.dueAt),
    whole.items.map(one => one.dueAt).sort(),
  )
})

test('what goes on beside it moves by itself, by whoever is in charge, one step after the other', async () => {
  const id = await caseOfDalia()
  const change = async (by: Persona, track: 'support' | 'return', to: string) => {
    const { version } = await read(id, tobias)
    return by.call(cases.changeTrack, { params: { case: id, track }, version, body: { to } })
  }
  assert.deepEqual(
    (await read(id)).tracks?.map(one => one.state),
    ['not-offered', 'not-needed', 'not-told', 'not-asked'],
  )
  assert.deepEqual(await fieldsOf(change(dalia, 'support', 'accepted')), ['to'])
  await change(dalia, 'support', 'offered')
  await change(dalia, 'support', 'accepted')
  await change(dalia, 'return', 'wants-to-stay')
  for (const other of [ines, tobias]) assert.equal(await codeOf(change(other, 'support', 'ended')), 'not-found')
  const found = await read(id, dalia)
  assert.deepEqual(
    found.tracks?.map(one => one.state),
    ['accepted', 'not-needed', 'not-told', 'wants-to-stay'],
  )
  assert.equal(found.identification, 'pending')
  assert.equal(found.timeline.filter(one => one.event === 'case.track-changed').length, 3)
})

test('the officer who made the case, the police and a shelter see no row of its tracks, steps, pauses and decisions', async () => {
  const id = await caseOfDalia()
  await decide(ines, id, 'positive')
  const offered = { params: { case: id, track: 'support' as const }, body: { to: 'offered' } }
  await dalia.call(cases.changeTrack, { ...offered, version: (await read(id)).version })
  await move(dalia, id, 'report-missing')
  const connections = pool(harness.database.url('app'), 1, 'test-app')
  const rowsOf = async (person: Persona): Promise<number[]> => {
    const client = await connections.connect()
    try {
      await client.query('begin')
      await client.query(
        `select set_config('samaan.user', $1, true), set_config('samaan.principals', '{' || $1 || ',' || $2 || '}', true),
           set_config('samaan.compartments', '127', true), set_config('samaan.organisation', $2, true)`,
        [person.account, person.organisation],
      )
      const counts: number[] = []
      for (const table of ['track', 'step', 'clock_pause', 'decision'])
        counts.push((await client.query(`select from cases.${table} where case_id = $1`, [id])).rowCount ?? 0)
      await client.query('rollback')
      return counts
    } finally {
      client.release()
    }
  }
  try {
    assert.deepEqual(await rowsOf(ines), [1, 1, 2, 1])
    for (const key of ['kofi', 'petra', 'celeste', 'marisol'] as const)
      assert.deepEqual(await rowsOf(await harness.as(key)), [0, 0, 0, 0], key)
  } finally {
    await connections.end()
  }
})
