import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { explained } from '../../../../../tests/harness/make.ts'
import { care } from '../../contract.ts'
import { agreedPlan, caseInCare, clinic, codeOf, helpedByShelter, planBody, shelter } from '../../make.ts'

let harness: Harness
let dalia: Persona
let celeste: Persona
let jonah: Persona
before(async () => {
  harness = await startHarness()
  ;[dalia, celeste, jonah] = (await Promise.all((['dalia', 'celeste', 'jonah'] as const).map(harness.as))) as [
    Persona,
    Persona,
    Persona,
  ]
})
after(() => harness.stop())

const agreement = (givenBy: 'person' | 'guardian-and-child' = 'person') => ({
  how: 'spoken' as const,
  givenBy,
  saidAt: new Date().toISOString(),
})

test('without the person’s agreement a plan is a draft, and nothing of it is to be done', async () => {
  const params = { case: await caseInCare(harness) }
  const body = planBody()
  await dalia.call(care.savePlan, { params, version: 0, body })
  const drafted = await dalia.call(care.plans, { params })
  assert.deepEqual([drafted.items.map(one => one.state), drafted.actions], [['draft'], []])
  await dalia.call(care.agreePlan, { params, version: 1, body: agreement() })
  const agreed = await dalia.call(care.plans, { params })
  assert.equal(agreed.items[0]?.state, 'agreed')
  assert.deepEqual(
    agreed.actions.map(one => [one.id, one.state, one.what]),
    body.goals[0]!.actions.map(one => [one.id, 'open', one.what]),
  )
})

test('a new version needs a new agreement; until then what was agreed stands, and what was done stays done', async () => {
  const params = { case: await caseInCare(harness) }
  const body = planBody()
  const [room, passport] = await agreedPlan(harness, params.case, body)
  await dalia.call(care.moveAction, { params: { ...params, action: room! }, version: 1, body: { state: 'done' } })
  const kept = body.goals[0]!.actions[0]!
  const added = { id: uuidv7(), service: 'education' as const, what: 'An evening class', owner: 'person' as const }
  const next = { goals: [{ goal: 'Learn English', actions: [kept, added] }] }
  await dalia.call(care.savePlan, { params, version: 0, body: next })
  const between = await dalia.call(care.plans, { params })
  assert.deepEqual(
    between.items.map(one => [one.number, one.state]),
    [
      [2, 'draft'],
      [1, 'agreed'],
    ],
  )
  assert.equal(between.actions.length, 2)
  await dalia.call(care.agreePlan, { params, version: 1, body: agreement() })
  const after = await dalia.call(care.plans, { params })
  assert.deepEqual(
    after.items.map(one => one.state),
    ['agreed', 'replaced'],
  )
  assert.deepEqual(Object.fromEntries(after.actions.map(one => [one.id, one.state])), {
    [room!]: 'done',
    [passport!]: 'dropped',
    [added.id]: 'open',
  })
  assert.deepEqual(after.items[1]?.goals, body.goals)
})

test('a child agrees with a guardian, an adult without one', async () => {
  const child = { case: await caseInCare(harness, { child: 'in-doubt' }) }
  await dalia.call(care.savePlan, { params: child, version: 0, body: planBody() })
  const agree = (params: { case: string }, by: 'person' | 'guardian-and-child') =>
    codeOf(dalia.call(care.agreePlan, { params, version: 1, body: agreement(by) }))
  assert.equal(await agree(child, 'person'), 'invalid-input givenBy:child-alone')
  assert.equal(await agree(child, 'guardian-and-child'), 'done')
  const adult = { case: await caseInCare(harness) }
  await dalia.call(care.savePlan, { params: adult, version: 0, body: planBody() })
  assert.equal(await agree(adult, 'guardian-and-child'), 'invalid-input givenBy:no-guardian')
})

test('a provider is named where a provider acts and nowhere else, and drafts do not overwrite each other', async () => {
  const params = { case: await caseInCare(harness) }
  const change = (action: object) => {
    const body = planBody()
    Object.assign(body.goals[0]!.actions[0]!, action)
    return codeOf(dalia.call(care.savePlan, { params, version: 0, body }))
  }
  assert.equal(await change({ owner: 'person' }), 'invalid-input goals.0.actions.0.organisation:not-offered')
  assert.equal(await change({ organisation: undefined }), 'invalid-input goals.0.actions.0.organisation:required')
  assert.equal(await change({ organisation: uuidv7() }), 'invalid-input goals.0.actions.0.organisation:not-offered')
  assert.equal(await change({}), 'done')
  assert.equal(await change({}), 'version-stale')
})

test('the printed plan is in the person’s language and names no provider, no place and no staff', async () => {
  const params = { case: await caseInCare(harness) }
  await agreedPlan(harness, params.case)
  const sheet = await dalia.call(care.printPlan, { params, query: { language: 'es' } })
  const text = JSON.stringify(sheet)
  assert.match(text, /Alojamiento seguro/)
  assert.match(text, /every Sunday/)
  assert.doesNotMatch(text, /Samaan|Dalia|room of her own|Unit/i)
  assert.equal(sheet.draft, undefined)
})

test('a provider sees, of what was agreed, what names their organisation, in codes, while their referral stands', async () => {
  const params = { case: await caseInCare(harness) }
  const [room] = await agreedPlan(harness, params.case)
  assert.equal(await codeOf(celeste.call(care.asked, { params })), 'not-found')
  const { consent: given } = await helpedByShelter(harness, params.case)
  const { actions } = await celeste.call(care.asked, { params })
  assert.deepEqual(
    actions.map(one => [one.id, one.service, one.what]),
    [[room, 'safe-accommodation', undefined]],
  )
  assert.equal(await codeOf(jonah.call(care.asked, { params })), 'not-found')
  await celeste.call(care.deliver, {
    params,
    body: {
      id: uuidv7(),
      action: room!,
      service: 'safe-accommodation',
      outcome: 'delivered',
      on: inDays(-1),
      organisation: shelter,
      quantity: 3,
      unit: 'night',
      cost: 45_000,
    },
  })
  const theirs = await celeste.call(care.asked, { params })
  assert.deepEqual([theirs.deliveries.length, theirs.currency], [1, 'XSD'])
  await dalia.call(consent.withdraw, {
    params: { case: params.case, consent: given },
    body: { id: uuidv7(), ...explained('withdrawing-1') },
  })
  assert.equal(await codeOf(celeste.call(care.asked, { params })), 'not-found')
  assert.equal((await dalia.call(care.deliveries, { params })).items.length, 1)
})

test('a provider writes down only what their own organisation gave, and no words about the person', async () => {
  const params = { case: await caseInCare(harness) }
  await helpedByShelter(harness, params.case)
  const body = { id: uuidv7(), service: 'food' as const, outcome: 'delivered' as const, on: inDays(-1) }
  const give = (persona: Persona, more: { organisation: string; note?: string }) =>
    codeOf(persona.call(care.deliver, { params, body: { ...body, ...more } }))
  assert.equal(await give(celeste, { organisation: clinic }), 'not-found')
  assert.equal(await give(jonah, { organisation: clinic }), 'not-found')
  assert.equal(await give(celeste, { organisation: shelter, note: 'She ate well' }), 'invalid-input note:not-offered')
  assert.equal(await give(celeste, { organisation: shelter }), 'done')
})

test('what a person declined is an answer of theirs: it counts apart and costs nothing', async () => {
  const params = { case: await caseInCare(harness) }
  const record = (change: object) =>
    codeOf(
      dalia.call(care.deliver, {
        params,
        body: {
          id: uuidv7(),
          service: 'medical-care',
          outcome: 'delivered',
          on: inDays(-1),
          organisation: clinic,
          ...change,
        },
      }),
    )
  assert.equal(await record({ quantity: 2, unit: 'session', cost: 12_050 }), 'done')
  assert.equal(await record({ quantity: 1, unit: 'session', cost: 6_000, note: 'Came by herself' }), 'done')
  assert.equal(await record({ outcome: 'declined-by-person' }), 'done')
  assert.equal(await record({ outcome: 'unavailable' }), 'done')
  assert.equal(await record({ outcome: 'declined-by-person', cost: 1 }), 'invalid-input cost:not-offered')
  assert.equal(await record({ quantity: 2 }), 'invalid-input unit:required')
  assert.equal(await record({ on: inDays(3) }), 'invalid-input on:future')
  const { items, totals } = await dalia.call(care.deliveries, { params })
  assert.equal(items.length, 4)
  assert.deepEqual(totals, [
    {
      service: 'medical-care',
      delivered: 2,
      declined: 1,
      unavailable: 1,
      quantities: [{ unit: 'session', quantity: 3 }],
      cost: 18_050,
    },
  ])
})

test('follow-ups come every so many days, are marked once, and what was moved stands under its new day', async () => {
  const params = { case: await caseInCare(harness) }
  const plan = (body: object) => codeOf(dalia.call(care.planFollowUps, { params, body: { kind: 'contact', ...body } }))
  assert.equal(await plan({}), 'invalid-input dates:required')
  assert.equal(await plan({ dates: [inDays(-4)] }), 'invalid-input dates.0:past')
  assert.equal(await plan({ every: { amount: 2, unit: 'weeks', from: inDays(1), times: 3 } }), 'done')
  const { items } = await dalia.call(care.followUps, { params })
  assert.deepEqual(
    items.map(one => [one.dueOn, one.state]),
    [1, 15, 29].map(days => [inDays(days), 'planned']),
  )
  const mark = (followUp: string, version: number, body: object) =>
    codeOf(dalia.call(care.markFollowUp, { params: { ...params, followUp }, version, body: body as never }))
  assert.equal(await mark(items[0]!.id, 1, { state: 'moved' }), 'invalid-input to:required')
  assert.equal(await mark(items[0]!.id, 1, { state: 'moved', to: inDays(2), note: 'Her shift changed' }), 'done')
  assert.equal(await mark(items[0]!.id, 2, { state: 'done' }), 'not-now')
  assert.equal(await mark(items[1]!.id, 1, { state: 'done' }), 'done')
  const after = await dalia.call(care.followUps, { params })
  assert.deepEqual(
    after.items.map(one => [one.dueOn, one.state, one.note]),
    [
      [inDays(1), 'moved', 'Her shift changed'],
      [inDays(2), 'planned', undefined],
      [inDays(15), 'done', undefined],
      [inDays(29), 'planned', undefined],
    ],
  )
})

test('the history of the case says what was done in codes', async () => {
  const id = await caseInCare(harness)
  await agreedPlan(harness, id)
  const { timeline } = await dalia.call(cases.read, { params: { case: id } })
  const events = timeline.map(one => one.event)
  assert.ok(events.includes('care.plan-saved') && events.includes('care.plan-agreed'))
  assert.doesNotMatch(JSON.stringify(timeline), /room of her own|sister/)
})
