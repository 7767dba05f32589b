import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { care } from '#capabilities/care/contract.ts'
import { matching } from '#capabilities/matching/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { keptCase } from '../../../../tests/harness/make.ts'
import { tasks } from '../contract.ts'
import { taskBody, toWhom } from '../make.ts'

// What waits of a case that was brought together with another.

let harness: Harness
let dalia: Persona
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
})
after(() => harness.stop())

/** Two cases of Dalia's, of one person. @returns how to bring them together, and apart again */
async function two() {
  const [lead, away] = [await keptCase(harness), await keptCase(harness)]
  const [tobias, ines] = await Promise.all([harness.as('tobias'), harness.as('ines')])
  const merge = uuidv7()
  const said = { reason: 'The same sister came with both.' }
  return {
    lead,
    away,
    merge: async () => {
      const body = { id: merge, other: away.reference, leads: 'this' as const, ...said }
      await tobias.call(matching.proposeMerge, { params: { case: lead.id }, body })
      await ines.call(matching.answerMerge, { params: { merge }, version: 1, body: { answer: 'confirmed' } })
    },
    unmerge: () => tobias.call(matching.unmerge, { params: { merge }, version: 2, body: said }),
  }
}
/** What waits of these two: what it is, in which case, and under which. */
const waiting = async (pair: Awaited<ReturnType<typeof two>>, by = dalia) => {
  const named: Record<string, string> = { [pair.lead.id]: 'lead', [pair.away.id]: 'away' }
  const { items } = await by.call(tasks.today, { query: { ahead: '7' } })
  return items
    .filter(one => one.case && named[one.case] && one.kind !== 'clock')
    .map(one => [
      `${one.kind} of ${named[one.case!]} ${one.due}`,
      one.under && `${named[one.under.case]} ${one.under.reference === pair.lead.reference}`,
    ])
}
const plan = (id: string, ...dates: string[]) =>
  dalia.call(care.planFollowUps, { params: { case: id }, body: { kind: 'contact', dates } })

test('follow-ups and tasks of a case that leads to another stand under the other, each once, and are done where they are', async () => {
  const pair = await two()
  const [soon, later] = [inDays(2), inDays(4)]
  await plan(pair.lead.id, soon)
  await plan(pair.away.id, soon, later)
  const body = taskBody(toWhom('dalia'), { due: { on: inDays(1) } })
  await dalia.call(tasks.make, { params: { case: pair.away.id }, body })
  const before = [
    [`task of away ${inDays(1)}`, null],
    [`follow-up of away ${soon}`, null],
    [`follow-up of lead ${soon}`, null],
    [`follow-up of away ${later}`, null],
  ]
  assert.deepEqual((await waiting(pair)).sort(), before.toSorted())
  await pair.merge()
  assert.deepEqual((await waiting(pair)).sort(), [
    [`follow-up of away ${later}`, 'lead true'],
    [`follow-up of lead ${soon}`, null],
    [`task of away ${inDays(1)}`, 'lead true'],
  ])
  await pair.unmerge()
  assert.deepEqual((await waiting(pair)).sort(), before.toSorted())
})

test('what stands under another case is marked from the list, and nothing that was not done is gone', async () => {
  const pair = await two()
  await plan(pair.away.id, inDays(3))
  await pair.merge()
  const { items } = await dalia.call(tasks.today, { query: { ahead: '7', kind: 'follow-up' } })
  const one = items.find(each => each.case === pair.away.id)!
  assert.deepEqual([one.under, one.moves], [{ case: pair.lead.id, reference: pair.lead.reference }, ['mark']])
  const params = { case: one.case!, followUp: one.id }
  await dalia.call(care.markFollowUp, { params, version: one.version, body: { state: 'done' } })
  assert.deepEqual(await waiting(pair), [])
})

test('the same contact that the case which goes on has dropped still waits', async () => {
  const pair = await two()
  const day = inDays(2)
  await plan(pair.lead.id, day)
  await plan(pair.away.id, day)
  const { items } = await dalia.call(care.followUps, { params: { case: pair.lead.id } })
  const { id: followUp, version } = items.find(one => one.dueOn === day)!
  const params = { case: pair.lead.id, followUp }
  await dalia.call(care.markFollowUp, { params, version, body: { state: 'dropped' } })
  await pair.merge()
  assert.deepEqual(await waiting(pair), [[`follow-up of away ${day}`, 'lead true']])
})
