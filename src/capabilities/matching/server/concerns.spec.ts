import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { pool } from '#platform/db/context.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { matching } from '../contract.ts'
import { inChargeOf, taken } from '../make.ts'

// What an event concerns beside its own case: told to whom it may be told, and bound to the audit as the event is.

let harness: Harness
let truth: ReturnType<typeof pool>
let dalia: Persona
let wren: Persona
let tobias: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  truth = pool(harness.database.url('super'), 1, 'concerns-spec-truth')
  dalia = await harness.as('dalia')
  wren = await harness.as('wren')
  tobias = await harness.as('tobias')
  ines = await harness.as('ines')
})
after(async () => {
  await truth.end()
  await harness.stop()
})
const missing = (error: Refusal) => error.code === 'not-found'
const referenceOf = async (id: string): Promise<string> =>
  (await truth.query('select reference from cases.folder where id = $1', [id])).rows[0].reference
const logOf = async (id: string) =>
  (await dalia.call(oversight.caseLog, { params: { case: id }, query: { limit: '100' } })).items

test('whom a search showed is written down: in the log of each, and for who protects data', async () => {
  const made = await Promise.all([
    taken(harness, 'marisol', { givenName: 'Ottoline', familyName: 'Zubiaurre', age: 31 }),
    taken(harness, 'marisol', { givenName: 'Rosalba', familyName: 'Zubiaurre', age: 44 }),
  ])
  const [id] = made
  await inChargeOf(harness, id, 'dalia')
  const own = await referenceOf(id)
  const references = (await Promise.all(made.map(referenceOf))).toSorted()
  const before = await logOf(id)
  await tobias.call(cases.search, { query: { words: 'Zubiaurre' } })
  await tobias.call(cases.alike, { query: { givenName: 'Ottoline', familyName: 'Zubiaurre' } })
  await tobias.call(matching.history, { params: { case: id } })
  const log = (await logOf(id)).slice(0, -before.length).filter(one => one.event !== 'oversight.case-log-read')
  assert.deepEqual(
    log.map(one => [one.event, one.name, one.reference, one.count, one.also]),
    // What else was found, and how much, is nothing for who is in charge of one.
    ['case.shown-history', 'case.shown-found', 'case.shown-found'].map(event => [
      event,
      'Tobias Fenwick',
      own,
      null,
      [],
    ]),
  )
  for (const reference of references) {
    const { items } = await wren.call(oversight.readEvents, { query: { reference } })
    const search = items.find(one => one.event === 'case.searched')!
    assert.deepEqual([search.actor, search.reference, search.also.toSorted()], [tobias.account, null, references])
  }
  const deeds = await wren.call(oversight.readEvents, { query: { account: tobias.account } })
  assert.deepEqual(deeds.items.find(one => one.event === 'case.searched')!.also.toSorted(), references)
  // A page ends where the next begins also where a search is among what is asked about.
  const all = (await wren.call(oversight.readEvents, { query: { reference: own, limit: '100' } })).items.map(
    one => one.id,
  )
  const first = await wren.call(oversight.readEvents, { query: { reference: own, limit: '1' } })
  const next = await wren.call(oversight.readEvents, { query: { reference: own, limit: '1', after: first.next! } })
  assert.ok(all.includes(next.items[0]!.id))
  const csv = await (await wren.fetch(`/api/oversight/events.csv?reference=${own}`)).text()
  assert.ok(csv.includes(references.join(' ')) || csv.includes(references.toReversed().join(' ')))
})

test('a search that showed a case which is closed to the officer does not name it to them', async () => {
  const made = await Promise.all(
    ['Ludmila', 'Aurelia'].map(givenName =>
      taken(harness, 'marisol', { givenName, familyName: 'Etxeberria', age: 31 }),
    ),
  )
  const [shut, open] = (await Promise.all(made.map(referenceOf))) as [string, string]
  await tobias.call(cases.search, { query: { words: 'Etxeberria' } })
  const searchOf = async () =>
    (await wren.call(oversight.readEvents, { query: { account: tobias.account } })).items.find(
      one => one.event === 'case.searched',
    )!
  assert.deepEqual((await searchOf()).also.toSorted(), [shut, open].toSorted())
  await tobias.call(oversight.bar, {
    body: { id: uuidv7(), reference: shut, account: wren.account, reason: 'family' },
  })
  assert.deepEqual((await searchOf()).also, [open])
  await assert.rejects(wren.call(oversight.readEvents, { query: { reference: shut } }), missing)
})

test('what would tell of a pair is in the log of neither, and whole for who protects data', async () => {
  const lead = await taken(harness, 'marisol', { givenName: 'Xiomara', familyName: 'Arbeloa', age: 31 })
  const away = await taken(harness, 'kofi', { givenName: 'Siomara', familyName: 'Arbeloa', age: 31 })
  await inChargeOf(harness, lead, 'dalia')
  const references = (await Promise.all([lead, away].map(referenceOf))).toSorted()
  const before = (await logOf(lead)).length
  const merge = uuidv7()
  await tobias.call(matching.proposeMerge, {
    params: { case: lead },
    body: { id: merge, other: await referenceOf(away), leads: 'this', reason: 'The same sister came with both.' },
  })
  await ines.call(matching.answerMerge, { params: { merge }, version: 1, body: { answer: 'confirmed' } })
  await tobias.call(matching.history, { params: { case: lead } })
  await tobias.call(matching.ofCase, { params: { case: lead } })
  const link = uuidv7()
  await tobias.call(matching.unmerge, { params: { merge }, version: 2, body: { reason: 'It was her cousin.' } })
  await tobias.call(matching.link, {
    params: { case: lead },
    body: { id: link, other: await referenceOf(away), kind: 'family', note: 'Cousins.' },
  })
  await tobias.call(matching.unlink, { params: { link }, version: 1, body: { reason: 'Not hers.' } })
  const log = await logOf(lead)
  assert.deepEqual(
    log.slice(0, -before).map(one => one.event),
    ['oversight.case-log-read'],
  )
  const told = (await wren.call(oversight.readEvents, { query: { reference: references[0]!, limit: '100' } })).items
  for (const event of [
    'matching.merge-proposed',
    'matching.merge-answered',
    'matching.history-read',
    'matching.of-case-read',
    'matching.unmerged',
    'matching.linked',
    'matching.unlinked',
  ])
    assert.deepEqual(told.find(one => one.event === event)?.also.toSorted(), references, event)
})

test('an invented case is brought together with another as any is, and rings', async () => {
  const planted = uuidv7(Date.now() - 30 * 86_400_000)
  const { reference } = await wren.call(oversight.plantCanary, {
    body: { id: planted, givenName: 'Perpetua', familyName: 'Arizmendi' },
  })
  const real = await taken(harness, 'marisol', { givenName: 'Perpetua', familyName: 'Arizmendia', age: 31 })
  const ordinary = await taken(harness, 'kofi', { givenName: 'Perpetua', familyName: 'Arizmendi', age: 31 })
  /** What two people of the unit are answered on the way there and back. */
  const tried = async (other: string) => {
    const answers: unknown[] = []
    const merge = uuidv7()
    const body = { id: merge, other, leads: 'this', reason: 'The same sister came with both.' } as const
    const said = async (work: Promise<object>) =>
      answers.push(
        await work.then(
          reply => ({ ...reply, id: 'id' }),
          (error: Refusal) => error.code,
        ),
      )
    await said(tobias.call(matching.proposeMerge, { params: { case: real }, body }))
    await said(ines.call(matching.answerMerge, { params: { merge }, version: 1, body: { answer: 'confirmed' } }))
    const { merges, lead } = await tobias.call(matching.ofCase, { params: { case: real } })
    answers.push(lead, merges[0]!.state, merges[0]!.moves)
    await said(tobias.call(matching.unmerge, { params: { merge }, version: 2, body: { reason: 'It was her cousin.' } }))
    return answers
  }
  assert.deepEqual(await tried(reference), await tried(await referenceOf(ordinary)))
  const events = await truth.query('select id from audit.event')
  const client = pool(harness.database.url('jobs'), 1, 'concerns-spec-jobs')
  await client.query('select oversight.hear($1::uuid[])', [events.rows.map(one => one.id)])
  await client.end()
  const canary = (await wren.call(oversight.listCanaries, { query: {} })).items.find(one => one.id === planted)!
  assert.deepEqual(
    [...new Set(canary.reads.map(one => one.account))].toSorted(),
    [ines.account, tobias.account].toSorted(),
  )
})

test('the rows of a search are what its event was signed with', async () => {
  const { rows } = await truth.query(
    `select e.body::json ->> 'concerns' as signed,
       encode(sha256(convert_to(string_agg(n.case_id || ' ' || n.how || chr(10), '' order by n.case_id::text), 'UTF8')), 'hex') as made
     from audit.event e join audit.concern n on n.event_id = e.id group by e.id`,
  )
  assert.ok(rows.length > 5)
  for (const { signed, made } of rows) assert.equal(signed, made)
})
