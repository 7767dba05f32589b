import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { attachedToLead, leadBody } from '#capabilities/justice/make.ts'
import { visits } from '#capabilities/visits/contract.ts'
import { sealWords } from '#capabilities/visits/server/sealed.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { sealedFor, sendAll } from '#platform/files/make.ts'
import { pdf } from '#platform/files/server/make.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../../../../../tests/harness/make.ts'

// What the person may have about themselves: what they told and asked, what was decided and why, which files there are.

let harness: Harness
let truth: pg.Client
let dalia: Persona
before(async () => {
  harness = await startHarness()
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  dalia = await harness.as('dalia')
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const story = 'They kept my passport and I slept behind the packing hall.'
const reasons = 'What she told fits what was found.'
const grounds = { act: 'Taken to the hall at night.', means: 'Her passport was kept.', purpose: 'Unpaid work.' }
const pageOf = async (id: string) => {
  const answer = await dalia.fetch(`/api/cases/${id}/for-the-person`)
  assert.equal(answer.status, 200)
  return answer.text()
}
async function made(share: Parameters<typeof openedCase>[2]): Promise<string> {
  const id = await openedCase(harness, { story }, share)
  await putInCharge(harness, id)
  return id
}
async function brought(id: string, name: string, more: object): Promise<void> {
  const marisol = await harness.as('marisol')
  const file = await sealedFor(harness, pdf(name))
  const body = { id: uuidv7(), file: file.name, name, original: true, ...more } as never
  await marisol.call(cases.attach, { params: { case: id }, body })
  await sendAll(marisol.fetch, file)
}

test('the person’s own file says what they told and asked, what was decided and why, and which files are kept', async () => {
  const id = await made(['ID', 'SVC', 'STA'])
  const params = { case: id }
  await brought(id, 'Contract of the farm.pdf', { purpose: 'document', compartment: 'SVC' })
  await brought(id, 'Birth certificate.pdf', { purpose: 'identity-document', compartment: 'ID' })
  const ines = await harness.as('ines')
  const { version } = await ines.call(cases.read, { params })
  const [cited] = (await ines.call(cases.evidence, { params })).items
  await ines.call(cases.decide, {
    params,
    version,
    body: {
      id: uuidv7(),
      outcome: 'positive',
      acts: ['recruitment'],
      means: ['deception'],
      exploitations: ['forced-labour'],
      reasons,
      grounds,
      evidence: [{ kind: cited!.kind, id: cited!.id, why: 'It says what she told.' }],
    },
  })
  const question = uuidv7()
  const { rows } = await truth.query('select key_slot from cases.folder where id = $1', [id])
  const everything = { effect: 'allow', permits: () => true } as const
  const key = harness.services.keys.release(everything, id, Number(rows[0].key_slot), 'SVC')
  await truth.query('insert into visits.question (id, case_id, sealed) values ($1, $2, $3)', [
    ...[question, id, sealWords(key, 'sealed', question, 'May I call my sister?')],
  ])
  assert.ok((await pageOf(id)).includes('Not answered yet'))
  await dalia.call(visits.answerQuestion, {
    params: { case: id, question },
    version: 1,
    body: { text: 'Yes, on Sunday.' },
  })
  const text = await pageOf(id)
  for (const word of [story, reasons, ...Object.values(grounds), 'May I call my sister?', 'Yes, on Sunday.'])
    assert.ok(text.includes(word), word)
  for (const word of ['Contract of the farm.pdf', 'Birth certificate.pdf', 'A paper that shows who the person is'])
    assert.ok(text.includes(word), word)
  // Not who wrote, decided, answered or brought anything.
  for (const word of ['Marisol', 'Tobias', 'Dalia', 'Moreau', 'Prentice', ines.account])
    assert.ok(!text.includes(word), word)
  assert.ok(text.includes('Who told us about you'))
})

test('what the person did not agree that the unit knows is not on the paper either, and the paper says so; nothing of a lead is', async () => {
  const id = await made(['ID', 'STA'])
  await brought(id, 'Contract of the farm.pdf', { purpose: 'document', compartment: 'SVC' })
  const petra = await harness.as('petra')
  const lead = leadBody({ title: 'Night work at the packing hall' })
  await petra.call(justice.makeLead, { body: lead })
  await attachedToLead(harness, petra, lead.id, pdf('x'), 'Plates of the van.pdf')
  const text = await pageOf(id)
  for (const word of [story, 'packing hall', 'Plates of the van']) assert.ok(!text.includes(word), word)
  assert.ok(text.includes('you did not agree that this unit reads it'))
  const unnamed = await made(['SVC', 'STA'])
  await brought(unnamed, 'Birth certificate.pdf', { purpose: 'identity-document', compartment: 'ID' })
  assert.ok(!(await pageOf(unnamed)).includes('Birth certificate.pdf'))
})
