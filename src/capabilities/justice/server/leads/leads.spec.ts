import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { assignmentId, organisationId, type PersonKey, people } from '../../../../../tools/demonstration/people.ts'
import { justice } from '../../contract.ts'
import { leadBody } from '../../make.ts'

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
const made = async (change = {}) => {
  const body = leadBody(change)
  await petra.call(justice.makeLead, { body })
  return body.id
}
const read = (by: Persona, lead: string) => by.call(justice.readLead, { params: { lead } })
const listed = async (by: Persona, query = {}) => (await by.call(justice.listLeads, { query })).items.map(one => one.id)
/** Puts somebody into another body for what is done meanwhile. */
async function elsewhere(key: PersonKey, body: string, work: (persona: Persona) => Promise<void>): Promise<void> {
  const own = people.find(one => one.key === key)!.body
  const move = (to: string) =>
    truth.query('update auth.assignment set organisation_id = $1 where id = $2', [
      organisationId(to),
      assignmentId(key),
    ])
  await move(body)
  await work(await harness.as(key)).finally(() => move(own))
}

test('a lead is made, read and worked on by investigators of the same body', async () => {
  const id = await made({ case: '12345-67890' })
  const shown = await read(vasco, id)
  assert.equal(shown.source, 'A neighbour who asks not to be named.')
  assert.equal(shown.case, '12345-67890')
  assert.match(shown.reference, /^L-\d{5}-\d{5}$/)
  await vasco.call(justice.addLeadNote, { params: { lead: id }, body: { id: uuidv7(), text: 'Seen twice.' } })
  await vasco.call(justice.moveLead, { params: { lead: id }, version: 1, body: { to: 'in-work' } })
  const taken = await read(petra, id)
  assert.equal(taken.investigator, vasco.account)
  assert.deepEqual(
    taken.notes?.map(one => [one.by, one.text]),
    [['Vasco Thibault', 'Seen twice.']],
  )
  await petra.call(justice.assignLead, { params: { lead: id }, version: 2, body: { account: petra.account } })
  const { id: _, ...body } = leadBody({ title: 'Anchor bar, again', source: undefined })
  await petra.call(justice.changeLead, { params: { lead: id }, version: 3, body })
  const changed = await read(petra, id)
  assert.deepEqual([changed.title, changed.source, changed.case], ['Anchor bar, again', undefined, undefined])
})

test('closing a lead asks for a reason, and a closed one is only opened again or added to', async () => {
  const id = await made()
  const params = { lead: id }
  const close = (version: number, reason?: 'unfounded') =>
    petra.call(justice.moveLead, { params, version, body: { to: 'closed', ...(reason ? { reason } : {}) } })
  await assert.rejects(close(1), (error: Refusal) => error.fields[0]?.field === 'reason')
  await close(1, 'unfounded')
  const { id: _, ...body } = leadBody()
  await assert.rejects(petra.call(justice.changeLead, { params, version: 2, body }), { code: 'not-now' })
  await petra.call(justice.addLeadNote, { params, body: { id: uuidv7(), text: 'One more.' } })
  await petra.call(justice.moveLead, { params, version: 2, body: { to: 'open' } })
  assert.equal((await read(petra, id)).closedFor, null)
})

test('two people who change one lead at once: one is told that it has changed', async () => {
  const id = await made()
  const { id: _, ...body } = leadBody()
  const outcomes = await Promise.all(
    [petra, vasco].map(one =>
      one.call(justice.changeLead, { params: { lead: id }, version: 1, body }).then(
        () => 'done',
        (error: Refusal) => error.code,
      ),
    ),
  )
  assert.deepEqual(outcomes.sort(), ['done', 'version-stale'])
})

test('an investigator of another body meets no lead of this one, and cannot be given one', async () => {
  const id = await made({ title: 'Elsewhere nobody' })
  await elsewhere('vasco', 'immigration', async other => {
    await assert.rejects(read(other, id), missing)
    assert.deepEqual(await listed(other), [])
    assert.deepEqual(await listed(other, { words: 'nobody' }), [])
    const params = { lead: id }
    for (const refused of [
      () => other.call(justice.addLeadNote, { params, body: { id: uuidv7(), text: 'x' } }),
      () => other.call(justice.moveLead, { params, version: 1, body: { to: 'in-work' } }),
      () => other.call(justice.shareLead, { params, body: { id: uuidv7(), account: leonie.account, source: true } }),
    ])
      await assert.rejects(refused(), missing)
    await assert.rejects(
      petra.call(justice.assignLead, { params, version: 1, body: { account: other.account } }),
      (error: Refusal) => error.fields[0]?.field === 'account',
    )
    await assert.rejects(
      truth.query('update justice.lead set investigator = $1 where id = $2', [other.account, id]),
      /colleague/,
    )
  })
})

test('the supervisor of the body sees codes alone, and that of another body nothing', async () => {
  const id = await made({ title: 'Only for the team' })
  await elsewhere('silas', 'police', async silas => {
    const shown = await read(silas, id)
    for (const closed of ['title', 'content', 'source', 'case', 'notes', 'conditions'])
      assert.ok(!(closed in shown), closed)
    assert.equal(shown.sourceGrade, 'B')
    assert.deepEqual(shown.moves, [])
    assert.ok((await listed(silas)).includes(id))
    assert.deepEqual(await listed(silas, { words: 'team' }), [])
    await assert.rejects(
      silas.call(justice.addLeadNote, { params: { lead: id }, body: { id: uuidv7(), text: 'x' } }),
      missing,
    )
  })
  const silas = await harness.as('silas')
  await assert.rejects(read(silas, id), missing)
  assert.deepEqual(await listed(silas), [])
})

test('a prosecutor reads what was shared with them by name, for as long as it is, and its source only with it', async () => {
  const id = await made()
  await assert.rejects(read(leonie, id), missing)
  const share = { id: uuidv7(), account: leonie.account, source: false }
  await petra.call(justice.shareLead, { params: { lead: id }, body: share })
  const shown = await read(leonie, id)
  assert.match(shown.content!, /white van/)
  assert.equal(shown.source, undefined)
  assert.deepEqual(shown.moves, [])
  assert.deepEqual(await listed(leonie), [id])
  assert.deepEqual(await listed(leonie, { words: 'anchor' }), [id])
  await assert.rejects(
    leonie.call(justice.addLeadNote, { params: { lead: id }, body: { id: uuidv7(), text: 'x' } }),
    missing,
  )
  await vasco.call(justice.endLeadShare, { params: { lead: id, share: share.id } })
  await assert.rejects(read(leonie, id), missing)
  assert.deepEqual(await listed(leonie), [])
  await petra.call(justice.shareLead, { params: { lead: id }, body: { ...share, id: uuidv7(), source: true } })
  assert.match((await read(leonie, id)).source!, /neighbour/)
})

test('only what may go to the prosecution is shared, with prosecutors alone; what no longer may ends at once', async () => {
  const kept = await made({ handling: 'body-only' })
  const to = (lead: string, account: string) =>
    petra.call(justice.shareLead, { params: { lead }, body: { id: uuidv7(), account, source: false } })
  await assert.rejects(to(kept, leonie.account), { code: 'not-now' })
  const id = await made()
  for (const account of [vasco.account, (await harness.as('dalia')).account, uuidv7()])
    await assert.rejects(to(id, account), (error: Refusal) => error.fields[0]?.field === 'account')
  await to(id, leonie.account)
  const { id: _, ...body } = leadBody({ handling: 'ask-first', conditions: 'Ask the liaison officer first.' })
  await petra.call(justice.changeLead, { params: { lead: id }, version: 1, body })
  await assert.rejects(read(leonie, id), missing)
  assert.equal((await read(petra, id)).conditions, 'Ask the liaison officer first.')
})

test('leads are found by words of the title, by their reference and by the case they name', async () => {
  const id = await made({ title: 'Quarry lodging house', case: '55555-12121' })
  const { reference } = await read(petra, id)
  for (const words of ['quarry', 'lodg', reference, reference.toLowerCase(), '55555-12121'])
    assert.deepEqual(await listed(petra, { words }), [id], words)
  for (const words of ['55555-12122', 'nowhere', 'qu']) assert.deepEqual(await listed(petra, { words }), [], words)
  assert.deepEqual(await listed(petra, { words: 'quarry', status: 'closed' }), [])
  assert.deepEqual(await listed(petra, { words: 'quarry', about: 'money' }), [])
  assert.deepEqual(await listed(petra, { words: 'quarry', mine: 'yes' }), [])
})

test('care, the unit and those who administer meet no lead: refused and missing are one answer', async () => {
  const id = await made()
  for (const { key, role } of people) {
    // Supervisors of whatever body may ask, and have none.
    if (['petra', 'vasco', 'leonie'].includes(key) || role === 'supervisor') continue
    const persona = await harness.as(key)
    const [there, nowhere] = await Promise.all(
      [id, uuidv7()].map(async lead => {
        const reply = await persona.fetch(`/api/leads/${lead}`, { headers: { accept: 'application/json' } })
        const body = (await reply.text()).replace(/"request":"[^"]*"/, '')
        return [reply.status, body, [...reply.headers.keys()].sort().join()]
      }),
    )
    assert.deepEqual(there, nowhere, key)
    assert.equal(there![0], 404, key)
    await assert.rejects(persona.call(justice.listLeads, { query: {} }), missing, key)
    await assert.rejects(persona.call(justice.makeLead, { body: leadBody() }), missing, key)
  }
})

test('nothing that was said stands in the clear', async () => {
  const id = await made({
    title: 'Zarzamora 7741',
    content: 'Zarzamora 7742',
    source: 'Zarzamora 7743',
    case: '77417-77427',
  })
  await petra.call(justice.addLeadNote, { params: { lead: id }, body: { id: uuidv7(), text: 'Zarzamora 7744' } })
  const tables = await truth.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  for (const { name } of tables.rows) {
    const { rows } = await truth.query(
      `select count(*)::int as found from ${name} t where t::text ~* 'zarzamora|77417-77427' or t::text ~ encode('Zarzamora', 'hex')`,
    )
    assert.equal(rows[0].found, 0, name)
  }
})
