import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { justice } from '../../contract.ts'
import { leadBody } from '../../make.ts'
import { type ProceedingState, proceedingMoves, proceedingStates, statesAfter } from '../../proceedings.ts'

let harness: Harness
let petra: Persona
let vasco: Persona
let leonie: Persona
before(async () => {
  harness = await startHarness()
  petra = await harness.as('petra')
  vasco = await harness.as('vasco')
  leonie = await harness.as('leonie')
})
after(() => harness.stop())
const missing = (error: Refusal) => error.code === 'not-found'

const made = async () => {
  const body = leadBody({ handling: 'prosecution' })
  await petra.call(justice.makeLead, { body })
  return body.id
}
const proceedings = async (by: Persona, lead: string) =>
  (await by.call(justice.readLead, { params: { lead } })).proceedings
const move = (by: Persona, lead: string, version: number, to: ProceedingState, on = '2026-02-01') =>
  by.call(justice.moveProceedings, { params: { lead }, version, body: { to, on } })
const share = async (lead: string) => {
  const id = uuidv7()
  await petra.call(justice.shareLead, { params: { lead }, body: { id, account: leonie.account, source: false } })
  return id
}

test('a lead goes from the investigation to a verdict, each step with its day and whoever wrote it down', async () => {
  const id = await made()
  assert.deepEqual(await proceedings(vasco, id), {
    state: 'not-begun',
    after: ['investigation'],
    steps: [],
    version: 1,
  })
  await move(petra, id, 1, 'investigation', '2026-02-01')
  await move(vasco, id, 2, 'with-prosecutor', '2026-03-01')
  await share(id)
  await move(leonie, id, 3, 'charged', '2026-04-01')
  await move(leonie, id, 4, 'trial', '2026-05-01')
  await move(vasco, id, 5, 'convicted', '2026-06-01')
  const { state, after: next, steps } = await proceedings(leonie, id)
  assert.deepEqual([state, next], ['convicted', ['appealed']])
  assert.deepEqual(
    steps.map(one => [one.state, one.on, one.by]),
    [
      ['investigation', '2026-02-01', 'Petra Okafor'],
      ['with-prosecutor', '2026-03-01', 'Vasco Thibault'],
      ['charged', '2026-04-01', 'Léonie Marchetti'],
      ['trial', '2026-05-01', 'Léonie Marchetti'],
      ['convicted', '2026-06-01', 'Vasco Thibault'],
    ],
  )
})

test('a prosecutor writes down what is theirs to say, while the lead is shared with them, and no longer', async () => {
  const id = await made()
  await assert.rejects(move(leonie, id, 1, 'investigation'), missing)
  const shared = await share(id)
  assert.deepEqual((await proceedings(leonie, id)).after, [])
  await assert.rejects(move(leonie, id, 1, 'investigation'), { code: 'not-now' })
  await move(petra, id, 1, 'investigation')
  await assert.rejects(move(leonie, id, 2, 'with-prosecutor'), { code: 'not-now' })
  await move(petra, id, 2, 'with-prosecutor')
  assert.deepEqual((await proceedings(leonie, id)).after, ['charged', 'not-charged', 'sent-back'])
  await move(leonie, id, 3, 'sent-back')
  await petra.call(justice.endLeadShare, { params: { lead: id, share: shared } })
  await assert.rejects(move(leonie, id, 4, 'with-prosecutor'), missing)
})

test('a day that has not come or lies before the last step is refused, and so is a step that does not follow', async () => {
  const id = await made()
  const field = (code: string) => (error: Refusal) => error.fields[0]?.field === 'on' && error.fields[0].code === code
  const ahead = inDays(3)
  await assert.rejects(move(petra, id, 1, 'investigation', ahead), field('future'))
  await assert.rejects(move(petra, id, 1, 'charged'), { code: 'not-now' })
  await move(petra, id, 1, 'investigation', '2026-02-10')
  await assert.rejects(move(petra, id, 2, 'ended', '2026-02-09'), field('too-old'))
  await assert.rejects(move(petra, id, 1, 'ended'), { code: 'version-stale' })
  await petra.call(justice.moveLead, { params: { lead: id }, version: 1, body: { to: 'closed', reason: 'unfounded' } })
  assert.deepEqual((await proceedings(petra, id)).after, [])
})

test('two who write down the next step at once: one is told that it has changed', async () => {
  const id = await made()
  await move(petra, id, 1, 'investigation')
  const outcomes = await Promise.all(
    [petra, vasco].map(by =>
      move(by, id, 2, 'with-prosecutor').then(
        () => 'done',
        (error: Refusal) => error.code,
      ),
    ),
  )
  assert.deepEqual(outcomes.sort(), ['done', 'version-stale'])
})

test('nobody of the unit, of care or of another body learns that there is a criminal track', async () => {
  const id = await made()
  await move(petra, id, 1, 'investigation')
  for (const key of ['tobias', 'dalia', 'ines', 'celeste', 'marisol', 'wren', 'leonie'] as const)
    await assert.rejects(move(await harness.as(key), id, 2, 'ended'), missing, key)
})

test('every state is reached, a prosecutor never says what is for police to say, and others say nothing', () => {
  const reached = new Set<string>(['not-begun', ...Object.values(proceedingMoves).flat()])
  assert.deepEqual([...reached].sort(), [...proceedingStates].sort())
  fc.assert(
    fc.property(
      fc.constantFrom(...proceedingStates),
      fc.constantFrom('prosecutor', 'supervisor', 'coordinator', 'officer', 'intake'),
      (state, role) => {
        const after = statesAfter(state, role)
        assert.ok(after.every(one => !['investigation', 'with-prosecutor', 'ended'].includes(one)))
        if (role !== 'prosecutor') assert.deepEqual(after, [])
      },
    ),
  )
})
