import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { assignmentId, organisationId } from '../../../../../tools/demonstration/people.ts'
import { justice } from '../../contract.ts'
import { leadBody } from '../../make.ts'

// A lead about a colleague: for them there is none.

let harness: Harness
let truth: pg.Client
let petra: Persona
let vasco: Persona
let leonie: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  petra = await harness.as('petra')
  vasco = await harness.as('vasco')
  leonie = await harness.as('leonie')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const notOffered = (field: string) => (error: Refusal) =>
  error.fields[0]?.field === field && error.fields[0]?.code === 'not-offered'
const barOf = (account: string) => ({ id: uuidv7(), account, reason: 'suspect' as const })
const made = async (change: Partial<ReturnType<typeof leadBody>> = {}) => {
  const body = leadBody(change)
  await petra.call(justice.makeLead, { body })
  return body.id
}
const read = (by: Persona, lead: string) => by.call(justice.readLead, { params: { lead } })
const listed = async (by: Persona, query = {}) => (await by.call(justice.listLeads, { query })).items.map(one => one.id)
const bar = (lead: string, account: string, by = petra) => {
  const body = barOf(account)
  return by.call(justice.barFromLead, { params: { lead }, body }).then(() => body.id)
}
const endBar = (lead: string, id: string, by: Persona) => by.call(justice.endLeadBar, { params: { lead, bar: id } })

/** Whatever can be asked of a lead, as one who must find none. */
async function meetsNothing(by: Persona, lead: string, words: string): Promise<void> {
  const params = { lead }
  const { id: _, ...body } = leadBody()
  for (const refused of [
    () => read(by, lead),
    () => by.call(justice.changeLead, { params, version: 1, body }),
    () => by.call(justice.addLeadNote, { params, body: { id: uuidv7(), text: 'x' } }),
    () => by.call(justice.moveLead, { params, version: 1, body: { to: 'in-work' } }),
    () => by.call(justice.assignLead, { params, version: 1, body: { account: by.account } }),
    () => by.call(justice.shareLead, { params, body: { id: uuidv7(), account: leonie.account, source: true } }),
    () => by.call(justice.moveProceedings, { params, version: 1, body: { to: 'investigation', on: '2026-01-02' } }),
    () => by.call(justice.barFromLead, { params, body: barOf(petra.account) }),
  ])
    await assert.rejects(refused(), missing, String(refused))
  assert.deepEqual(await listed(by, { words }), [])
  assert.ok(!(await listed(by)).includes(lead))
}

test('a lead that is closed to a colleague is none for them, from the moment that it is made', async () => {
  const id = await made({ title: 'Quiet quay', case: '24242-35353', closedTo: [barOf(vasco.account)] })
  await meetsNothing(vasco, id, 'quay')
  const shown = await read(petra, id)
  assert.deepEqual(await listed(vasco, { words: shown.reference }), [])
  assert.deepEqual(await listed(vasco, { words: '24242-35353' }), [])
  assert.deepEqual(
    shown.bars.map(one => [one.name, one.reason, one.byName, one.mayEnd]),
    [['Vasco Thibault', 'suspect', 'Petra Okafor', true]],
  )
  // The answer is that to a lead which there is not, to the byte.
  const [there, nowhere] = await Promise.all(
    [id, uuidv7()].map(async lead => {
      const reply = await vasco.fetch(`/api/leads/${lead}`, { headers: { accept: 'application/json' } })
      const body = (await reply.text()).replace(/"request":"[^"]*"/, '')
      return [reply.status, body, [...reply.headers.keys()].sort().join()]
    }),
  )
  assert.deepEqual(there, nowhere)
})

test('closed later, what they had of it ends: their charge, and what was shared with them', async () => {
  const id = await made()
  await vasco.call(justice.moveLead, { params: { lead: id }, version: 1, body: { to: 'in-work' } })
  await petra.call(justice.shareLead, {
    params: { lead: id },
    body: { id: uuidv7(), account: leonie.account, source: true },
  })
  await bar(id, vasco.account)
  await bar(id, leonie.account)
  await meetsNothing(vasco, id, 'anchor')
  await assert.rejects(read(leonie, id), missing)
  const left = await read(petra, id)
  assert.deepEqual(
    [left.status, left.investigator, left.shares.map(one => one.endedAt !== null)],
    ['open', null, [true]],
  )
  // Neither is put back by another way.
  const assign = petra.call(justice.assignLead, {
    params: { lead: id },
    version: left.version,
    body: { account: vasco.account },
  })
  await assert.rejects(assign, notOffered('account'))
  await assert.rejects(
    petra.call(justice.shareLead, {
      params: { lead: id },
      body: { id: uuidv7(), account: leonie.account, source: false },
    }),
    notOffered('account'),
  )
  await assert.rejects(
    truth.query('update justice.lead set investigator = $1 where id = $2', [vasco.account, id]),
    /colleague/,
  )
})

test('nobody closes a lead to themselves, to somebody who could not meet it, or twice', async () => {
  const id = await made()
  for (const account of [petra.account, (await harness.as('dalia')).account, uuidv7()]) {
    await assert.rejects(bar(id, account), notOffered('account'))
    await assert.rejects(made({ closedTo: [barOf(account)] }), notOffered('closedTo.0.account'))
  }
  await bar(id, vasco.account)
  await assert.rejects(bar(id, vasco.account), notOffered('account'))
  // Nothing was left of a lead whose list was refused.
  const { rows } = await truth.query('select 1 from justice.lead_bar where account_id = $1', [petra.account])
  assert.deepEqual(rows, [])
})

test('whoever closed it opens it again, or a supervisor of the body; no colleague does', async () => {
  const id = await made()
  const own = await bar(id, leonie.account, vasco)
  const other = await bar(id, vasco.account)
  await assert.rejects(endBar(id, other, vasco), missing)
  await assert.rejects(endBar(id, own, petra), missing)
  await assert.rejects(endBar(id, uuidv7(), petra), missing)
  await endBar(id, other, petra)
  assert.ok((await read(vasco, id)).bars.some(one => one.id === other && one.endedAt !== null))
  await assert.rejects(endBar(id, other, petra), missing)

  await truth.query('update auth.assignment set organisation_id = $1 where id = $2', [
    organisationId('police'),
    assignmentId('silas'),
  ])
  const silas = await harness.as('silas')
  assert.deepEqual(
    (await read(silas, id)).bars.map(one => one.mayEnd),
    [true, false],
  )
  await endBar(id, own, silas)
  // For a supervisor too there can be none.
  await bar(id, silas.account)
  await assert.rejects(read(silas, id), missing)
  assert.ok(!(await listed(silas)).includes(id))
})
