import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { care } from '../../contract.ts'
import { agreedPlan, assessmentBody, caseInCare, codeOf } from '../../make.ts'

let harness: Harness
let dalia: Persona
let tobias: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  ;[dalia, tobias, ines] = (await Promise.all((['dalia', 'tobias', 'ines'] as const).map(harness.as))) as [
    Persona,
    Persona,
    Persona,
  ]
})
after(() => harness.stop())

const proposal = (explained: readonly string[], change: object = {}) => ({
  id: uuidv7(),
  reason: 'plan-completed' as const,
  planned: true,
  reasons: 'Everything that was agreed was done.',
  explained: [...explained],
  ...change,
})
const openOf = async (id: string) => (await dalia.call(care.closing, { params: { case: id } })).open
const allOpen = async (id: string) => (await openOf(id)).map(one => one.id)

test('what is still open is listed, and each of it is settled or explained before a closure is proposed', async () => {
  const id = await caseInCare(harness)
  const params = { case: id }
  await agreedPlan(harness, id)
  await dalia.call(care.planFollowUps, { params, body: { kind: 'contact', dates: [inDays(3)] } })
  const open = await openOf(id)
  assert.deepEqual(
    open.map(one => one.kind),
    ['clock', 'action', 'action', 'follow-up'],
  )
  const ids = open.map(one => one.id)
  const propose = (explained: string[]) =>
    codeOf(dalia.call(care.proposeClosure, { params, body: proposal(explained) }))
  assert.equal(await propose([]), 'invalid-input explained:still-open')
  assert.equal(await propose(ids.slice(1)), 'invalid-input explained:still-open')
  assert.equal(await propose(ids), 'done')
  assert.equal(await propose(ids), 'not-now')
  const { items } = await tobias.call(care.closing, { params })
  assert.deepEqual(items[0]?.leftOpen, open)
})

test('who proposes does not approve; another of the unit does, and the case is closed and its clocks stop', async () => {
  const id = await caseInCare(harness)
  const params = { case: id }
  const body = proposal(await allOpen(id), { lastContactOn: inDays(30) })
  await dalia.call(care.proposeClosure, { params, body })
  const second = (persona: Persona, version = 1) =>
    codeOf(
      persona.call(care.secondClosure, {
        params: { ...params, closure: body.id },
        version,
        body: { answer: 'approved' },
      }),
    )
  assert.equal(await second(dalia), 'not-found')
  assert.equal(await second(await harness.as('bastien')), 'not-found')
  assert.equal(await second(await harness.as('petra')), 'not-found')
  const shown = await ines.call(care.closing, { params })
  assert.deepEqual([shown.moves, shown.open, shown.items[0]?.reasons], [['second'], [], body.reasons])
  assert.equal(await second(ines, 7), 'version-stale')
  assert.equal(await second(ines), 'done')
  const found = await dalia.call(cases.read, { params })
  assert.equal(found.status, 'closed')
  assert.ok(found.clocks.every(one => one.stoppedAt))
  assert.equal(await codeOf(dalia.call(care.assess, { params, body: assessmentBody() })), 'not-now')
  const followUps = await dalia.call(care.followUps, { params })
  assert.deepEqual(
    followUps.items.map(one => [one.kind, one.state, one.dueOn]),
    [['last-contact', 'planned', inDays(30)]],
  )
})

test('a closure that is given back leaves the case open, and another can be proposed', async () => {
  const id = await caseInCare(harness)
  const params = { case: id }
  const body = proposal(await allOpen(id), { lastContactOn: inDays(5) })
  await dalia.call(care.proposeClosure, { params, body })
  await tobias.call(care.secondClosure, {
    params: { ...params, closure: body.id },
    version: 1,
    body: { answer: 'returned' },
  })
  assert.equal((await dalia.call(cases.read, { params })).status, 'opened')
  const again = proposal(await allOpen(id), { lastContactOn: inDays(9) })
  await dalia.call(care.proposeClosure, { params, body: again })
  const { items } = await dalia.call(care.followUps, { params })
  assert.deepEqual(
    items.map(one => [one.dueOn, one.state]),
    [
      [inDays(5), 'dropped'],
      [inDays(9), 'planned'],
    ],
  )
})

test('a closed case is reopened with a reason, once, and goes on', async () => {
  const id = await caseInCare(harness)
  const params = { case: id }
  const body = proposal(await allOpen(id))
  await dalia.call(care.proposeClosure, { params, body })
  const of = { ...params, closure: body.id }
  const reopen = (version: number) =>
    codeOf(dalia.call(care.reopen, { params: of, version, body: { reason: 'She called and wants to go on.' } }))
  assert.equal(await reopen(1), 'version-stale')
  await tobias.call(care.secondClosure, { params: of, version: 1, body: { answer: 'approved' } })
  assert.deepEqual((await dalia.call(care.closing, { params })).moves, ['reopen'])
  assert.equal(await reopen(2), 'done')
  assert.equal(await reopen(3), 'version-stale')
  assert.equal((await dalia.call(cases.read, { params })).status, 'opened')
  assert.equal(await codeOf(dalia.call(care.assess, { params, body: assessmentBody() })), 'done')
  const { items } = await dalia.call(care.closing, { params })
  assert.deepEqual([items[0]?.state, items[0]?.reopening], ['reopened', 'She called and wants to go on.'])
})
