import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import type { PersonKey } from '../../../../tools/demonstration/people.ts'
import { oversight } from '../contract.ts'
import { sealedAloneJob } from './sealing.ts'

let harness: Harness
let truth: pg.Client
let jobs: pg.Pool
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  jobs = pool(harness.database.url('jobs'), 1, 'nights')
})
after(async () => {
  await Promise.all([truth?.end(), jobs?.end()])
  await harness?.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const the = (key: PersonKey) => harness.as(key)
const night = (daysAhead = 0) =>
  inTransaction(jobs, undefined, tx => sealedAloneJob.run(tx, new Date(Date.now() + daysAhead * 86_400_000)))
const propose = async (by: PersonKey, reference: string, action: 'seal' | 'unseal') => {
  const id = uuidv7()
  const body = { id, reference, action, named: [], reason: 'threat' as const, text: 'They asked for her at the gate.' }
  await (await the(by)).call(oversight.proposeSealing, { body })
  return id
}
const confirm = async (by: PersonKey, sealing: string) =>
  (await the(by)).call(oversight.answerSealing, { params: { sealing }, version: 1, body: { answer: 'confirmed' } })
/** Sealed by Wren, who protects data, and Dalia, who has it in charge. */
async function sealedCase() {
  const kept = await keptCase(harness)
  const sealing = await propose('wren', kept.reference, 'seal')
  await confirm('dalia', sealing)
  return { ...kept, sealing }
}
const told = async (key: PersonKey, kind: string, about: string) =>
  (await (await the(key)).call(oversight.alerts, { query: {} })).items.filter(
    one => one.kind === kind && one.about === about,
  ).length
const aloneSince = async (sealing: string) =>
  (await (await the('wren')).call(oversight.listSealings, { query: {} })).items.find(one => one.id === sealing)
    ?.aloneSince
const leaves = async (key: PersonKey, role: string) => {
  const { account } = await the(key)
  await truth.query('update auth.assignment set until = now() where account_id = $1 and role = $2', [account, role])
  return () =>
    truth.query(`update auth.assignment set until = now() + interval '1 year' where account_id = $1 and role = $2`, [
      account,
      role,
    ])
}
const finds = async (key: PersonKey, reference: string) =>
  (await (await the(key)).call(cases.list, { query: { limit: '100' } })).items.some(one => one.reference === reference)

test('a sealed case with people on both sides is left as it is', async () => {
  const { sealing, reference } = await sealedCase()
  for (const days of [0, 4, 8]) await night(days)
  assert.equal(await aloneSince(sealing), null)
  assert.equal(await told('wren', 'sealed-alone', sealing), 0)
  assert.equal(await finds('ines', reference), false)
})

test('when the coordinator is gone, who protects data is told, and after three days who decides for the unit is let in and can unseal it', async () => {
  const { sealing, reference, id } = await sealedCase()
  const back = await leaves('dalia', 'coordinator')
  await night()
  await night(2)
  assert.equal(await told('wren', 'sealed-alone', sealing), 1)
  assert.ok(await aloneSince(sealing))
  await assert.rejects((await the('ines')).call(cases.read, { params: { case: id } }), missing)
  await night(3.1)
  assert.equal(await told('ines', 'sealed-let-in', sealing), 1)
  assert.equal((await (await the('ines')).call(cases.read, { params: { case: id } })).reference, reference)
  for (const key of ['tobias', 'bastien', 'marisol'] as const)
    await assert.rejects((await the(key)).call(cases.read, { params: { case: id } }), missing, key)
  await night(3.2)
  assert.equal(await aloneSince(sealing), null)
  assert.equal(await told('wren', 'sealed-alone', sealing), 0)
  const { rows } = await truth.query(
    `select count(*)::int n from cases.timeline where case_id = $1 and event = 'case.sealed-let-in'`,
    [id],
  )
  assert.equal(rows[0].n, 1)
  await confirm('ines', await propose('wren', reference, 'unseal'))
  assert.ok(await finds('tobias', reference))
  await back()
})

test('whoever the case is closed to by name stays outside, and a coordinator who comes back ends it', async () => {
  const { sealing, id, reference } = await sealedCase()
  const back = await leaves('dalia', 'coordinator')
  await night()
  await (await the('wren')).call(oversight.bar, {
    body: { id: uuidv7(), reference, account: (await the('ines')).account, reason: 'suspect' },
  })
  await night(4)
  await assert.rejects((await the('ines')).call(cases.read, { params: { case: id } }), missing)
  assert.equal(await told('ines', 'sealed-let-in', sealing), 0)
  await back()
  await night(5)
  assert.equal(await aloneSince(sealing), null)
  assert.equal(await told('wren', 'sealed-alone', sealing), 0)
})

test('when nobody who sealed it protects data any more, another who does is let in', async () => {
  const { sealing, reference } = await sealedCase()
  const { account } = await the('odette')
  const { organisation } = await the('wren')
  const back = await leaves('wren', 'data-protection-officer')
  await truth.query(
    `insert into auth.assignment (id, account_id, organisation_id, role, country, confirmed_at, until)
     values ($1, $2, $3, 'data-protection-officer', 'XSA', now(), now() + interval '1 year')`,
    [uuidv7(), account, organisation],
  )
  await night()
  await night(3.1)
  const { rows } = await truth.query(`select named from policy.case_hidden where basis_id = $1`, [sealing])
  assert.ok(rows[0].named.includes(account))
  assert.equal(await finds('tobias', reference), false)
  await back()
})

test('the app’s own role cannot let anybody in', async () => {
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await app.connect()
  await assert.rejects(app.query('select oversight.attend_sealed(now())'), /permission denied/)
  await app.end()
})
