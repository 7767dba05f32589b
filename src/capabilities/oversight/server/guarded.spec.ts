import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { oversight } from '../contract.ts'

// Rows that policies read by thousands carry a mark when something is hidden; a mark that is wrong would show it.

let harness: Harness
let truth: pg.Client
let tobias: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  tobias = await harness.as('tobias')
  ines = await harness.as('ines')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'

/** Rows whose mark is not the truth, of all tables that have one. */
async function wrongMarks(): Promise<number> {
  const { rows } = await truth.query(`
    select (select count(*) from cases.folder f where f.guarded <> exists (select from policy.case_hidden h where h.case_id = f.id))
      + (select count(*) from policy.case_access a where a.guarded <> exists (select from policy.case_hidden h where h.case_id = a.case_id)) as wrong`)
  return Number(rows[0].wrong)
}
const marked = async (id: string): Promise<boolean[]> =>
  (
    await truth.query(
      'select guarded from cases.folder where id = $1 union select guarded from policy.case_access where case_id = $1',
      [id],
    )
  ).rows.map(row => row.guarded)
const bar = async (reference: string, account: string): Promise<string> => {
  const id = uuidv7()
  await tobias.call(oversight.bar, { body: { id, reference, account, reason: 'suspect' } })
  return id
}

test('the mark comes with what hides a case and goes with the last of it', async () => {
  const { id, reference } = await keptCase(harness)
  assert.deepEqual(await marked(id), [false])
  const first = await bar(reference, ines.account)
  const second = await bar(reference, (await harness.as('rufus')).account)
  assert.deepEqual(await marked(id), [true])
  await assert.rejects(ines.call(cases.read, { params: { case: id } }), missing)
  await tobias.call(oversight.endBar, { params: { bar: first } })
  assert.deepEqual(await marked(id), [true])
  await ines.call(cases.read, { params: { case: id } })
  await tobias.call(oversight.endBar, { params: { bar: second } })
  assert.deepEqual(await marked(id), [false])
  assert.equal(await wrongMarks(), 0)
})

test('a place that is given in a case of which something is hidden is marked too', async () => {
  const { id, reference } = await keptCase(harness)
  await bar(reference, ines.account)
  const { version } = await tobias.call(cases.read, { params: { case: id } })
  const { account } = await harness.as('bastien')
  await tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: account } })
  const { rows } = await truth.query(
    `select guarded from policy.case_access where case_id = $1 and principal = $2 and basis = 'assigned'`,
    [id, account],
  )
  assert.deepEqual(rows, [{ guarded: true }])
  assert.equal(await wrongMarks(), 0)
})

test('no writing into a row takes the mark off, and none puts one on', async () => {
  const kept = [await keptCase(harness), await keptCase(harness)]
  await bar(kept[0]!.reference, ines.account)
  for (const [at, { id }] of kept.entries()) {
    for (const guarded of [false, true]) {
      await truth.query('update cases.folder set guarded = $2 where id = $1', [id, guarded])
      await truth.query('update policy.case_access set guarded = $2 where case_id = $1', [id, guarded])
    }
    assert.deepEqual(await marked(id), [at === 0])
  }
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  try {
    await app.query('begin')
    await app.query(
      `select set_config('samaan.user', $1, true), set_config('samaan.principals', $2, true), set_config('samaan.role', 'intake', true),
        set_config('samaan.compartments', '65', true), set_config('samaan.country', 'XSA', true), set_config('samaan.organisation', $3, true)`,
      [tobias.account, `{${tobias.account},${tobias.organisation}}`, tobias.organisation],
    )
    await assert.rejects(app.query('update cases.folder set guarded = false where id = $1', [kept[0]!.id]), {
      code: '42501',
    })
    await app.query('rollback')
  } finally {
    await app.end()
  }
  assert.deepEqual(await marked(kept[0]!.id), [true])
})

test('a place given while a case is being closed to somebody is marked, whichever is first', async () => {
  for (let round = 0; round < 6; round++) {
    const { id, reference } = await keptCase(harness)
    const { version } = await tobias.call(cases.read, { params: { case: id } })
    const { account } = await harness.as('bastien')
    const doing = [
      bar(reference, ines.account),
      tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: account } }),
    ]
    const done = await Promise.allSettled(round % 2 ? doing : doing.reverse())
    assert.ok(done.some(one => one.status === 'fulfilled'))
    assert.equal(await wrongMarks(), 0, `round ${round}`)
  }
})
