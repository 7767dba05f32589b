import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { care } from '#capabilities/care/contract.ts'
import { agreedPlan, caseInCare, helpedByShelter } from '#capabilities/care/make.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { orderBody } from '#capabilities/justice/make.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { consentBody, decisionBody, keptCase, openedCase, screeningBody } from '../../../../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey } from '../../../../tools/demonstration/people.ts'
import { tasks } from '../contract.ts'
import type { WaitingKind } from '../contract-today.ts'
import { taskBody, toWhom } from '../make.ts'

let harness: Harness
let dalia: Persona
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
})
after(() => harness.stop())

const today = (persona: Persona, ahead: '0' | '7' = '0') => persona.call(tasks.today, { query: { ahead } })
const dayOf = async (key: PersonKey, kind: WaitingKind, ahead: '0' | '7' = '0') =>
  (await (await harness.as(key)).call(tasks.today, { query: { ahead, kind } })).items
/** Runs work as if so many days had passed for the server. */
async function daysLater<T>(days: number, work: () => Promise<T>): Promise<T> {
  harness.setNow(new Date(Date.now() + days * 86_400_000))
  try {
    return await work()
  } finally {
    harness.setNow(undefined)
  }
}

test('the day’s list of a coordinator shows what is due and late of their own cases, by time, and nobody else’s', async () => {
  const id = await caseInCare(harness, {}, 'bastien')
  const params = { case: id }
  const bastien = await harness.as('bastien')
  const kinds = async (persona: Persona, ahead: '0' | '7' = '0') =>
    (await today(persona, ahead)).items
      .filter(one => one.case === id && one.kind !== 'clock')
      .map(one => [one.kind, one.code, one.part])
  await bastien.call(care.planFollowUps, { params, body: { kind: 'contact', dates: [inDays(2), inDays(40)] } })
  assert.deepEqual(await kinds(bastien), [])
  assert.deepEqual(await kinds(bastien, '7'), [['follow-up', 'contact', 'this-week']])
  assert.deepEqual(await kinds(dalia, '7'), [])
  await daysLater(4, async () => {
    assert.deepEqual(await kinds(bastien), [['follow-up', 'contact', 'late']])
    const { items } = await today(bastien)
    const dues = items.map(one => one.due)
    assert.deepEqual(dues, [...dues].sort())
    const { id: followUp, version } = items.find(one => one.kind === 'follow-up')!
    await bastien.call(care.markFollowUp, { params: { ...params, followUp }, version, body: { state: 'done' } })
    assert.deepEqual(await kinds(bastien), [])
  })
})

test('tasks stand in it with everything else, late, today and this week, and are counted for the menu', async () => {
  const { id, reference } = await keptCase(harness)
  const count = async () => (await dalia.call(tasks.count, {})).due
  const before = await count()
  const due = (days: number) => taskBody(toWhom('dalia'), { due: { on: inDays(days) }, urgency: 'routine' })
  const bodies = [due(-1), due(0), due(3), due(30)]
  for (const body of bodies) await dalia.call(tasks.make, { params: { case: id }, body })
  const shown = (await dayOf('dalia', 'task', '7')).filter(one => one.case === id)
  assert.deepEqual(
    shown.map(one => [one.id, one.part, one.reference]),
    [
      [bodies[0]!.id, 'late', reference],
      [bodies[1]!.id, 'today', reference],
      [bodies[2]!.id, 'this-week', reference],
    ],
  )
  assert.equal(await count(), before + 2)
  const instant = taskBody(toWhom('dalia'), { due: { at: new Date(Date.now() - 60_000).toISOString() } })
  await dalia.call(tasks.make, { params: { case: id }, body: instant })
  assert.equal((await dayOf('dalia', 'task')).find(one => one.id === instant.id)?.part, 'late')
})

test('nothing in it names anybody or says more than codes', async () => {
  const { id } = await keptCase(harness)
  await dalia.call(tasks.make, { params: { case: id }, body: taskBody(toWhom('dalia')) })
  const text = JSON.stringify(await today(dalia, '7'))
  for (const word of ['Quintanilla', 'Yeferson', 'registry', 'mill', 'sister', 'Moreau'])
    assert.ok(!text.includes(word), word)
})

test('the unit sees clocks that warn or have run out, and closures that wait; not before', async () => {
  const id = await caseInCare(harness)
  const clocks = async (key: PersonKey) => (await dayOf(key, 'clock', '7')).filter(one => one.case === id)
  assert.deepEqual(await clocks('tobias'), [])
  await daysLater(60, async () => {
    for (const key of ['tobias', 'ines'] as const)
      assert.deepEqual([...new Set((await clocks(key)).map(one => one.part))], ['late'], key)
    assert.deepEqual(
      (await (await harness.as('bastien')).call(tasks.today, { query: {} })).items.filter(one => one.case === id),
      [],
    )
  })
  const { open } = await dalia.call(care.closing, { params: { case: id } })
  const body = {
    id: uuidv7(),
    reason: 'moved-away' as const,
    planned: true,
    reasons: 'She moved to her sister.',
    explained: open.map(one => one.id),
  }
  await dalia.call(care.proposeClosure, { params: { case: id }, body })
  for (const key of ['tobias', 'ines'] as const)
    assert.deepEqual(
      (await dayOf(key, 'closure')).map(one => one.id),
      [body.id],
      key,
    )
  assert.deepEqual(await dayOf('dalia', 'closure'), [])
})

test('a negative decision waits for another decision maker, not for who made it', async () => {
  const id = await openedCase(harness)
  const ines = await harness.as('ines')
  const { version } = await ines.call(cases.read, { params: { case: id } })
  await ines.call(cases.decide, { params: { case: id }, version, body: await decisionBody(ines, id, 'negative') })
  const waits = async (key: PersonKey) => (await dayOf(key, 'decision')).some(one => one.case === id)
  assert.deepEqual([await waits('rufus'), await waits('noemi')], [true, true])
  assert.deepEqual([await waits('ines'), await waits('tobias'), await waits('dalia')], [false, false, false])
})
test('a referral waits for who was asked; its answer is heard by who sent it, its silence too', async () => {
  const marisol = await harness.as('marisol')
  const unit = organisationId('counter-trafficking-unit')
  const body = screeningBody()
  const given = consentBody([unit])
  const referral = uuidv7()
  await marisol.call(screening.record, { body })
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  await marisol.call(referrals.send, {
    body: {
      id: referral,
      case: body.case,
      kind: 'identification',
      to: unit,
      urgency: 'emergency',
      consent: given.id,
      share: ['ID', 'STA'],
    },
  })
  const find = async (key: PersonKey, kind: WaitingKind) => (await dayOf(key, kind)).find(one => one.id === referral)
  assert.equal((await find('tobias', 'referral'))?.urgency, 'emergency')
  assert.equal(await find('ines', 'referral'), undefined)
  assert.equal(await find('celeste', 'referral'), undefined)
  assert.equal(await find('marisol', 'unanswered'), undefined)
  await daysLater(2, async () => assert.equal((await find('marisol', 'unanswered'))?.part, 'late'))
  await (await harness.as('tobias')).call(referrals.accept, { params: { referral }, version: 1, body: {} })
  assert.equal(await find('tobias', 'referral'), undefined)
  assert.equal((await find('marisol', 'answer'))?.code, 'accepted')
  await daysLater(5, async () => assert.equal(await find('marisol', 'answer'), undefined))
})

test('who helps sees what they were asked for', async () => {
  const id = await caseInCare(harness)
  await helpedByShelter(harness, id)
  await agreedPlan(harness, id)
  const asked = (await dayOf('celeste', 'asked')).filter(one => one.case === id)
  assert.deepEqual(
    asked.map(one => [one.code, one.moves]),
    [['safe-accommodation', []]],
  )
  assert.deepEqual(
    (await dayOf('jonah', 'asked')).filter(one => one.case === id),
    [],
  )
})

test('a court order waits for a second person of the unit; what it opens, for whom it names', async () => {
  const { id } = await keptCase(harness)
  const tobias = await harness.as('tobias')
  const body = orderBody(organisationId('police'), [accountId('petra')])
  await tobias.call(justice.recordOrder, { params: { case: id }, body })
  const waits = async (key: PersonKey, kind: WaitingKind) =>
    (await dayOf(key, kind, '7')).some(one => one.id === body.id)
  assert.deepEqual(
    [
      await waits('tobias', 'order'),
      await waits('ines', 'order'),
      await waits('dalia', 'order'),
      await waits('bastien', 'order'),
    ],
    [false, true, true, false],
  )
  assert.equal(await waits('petra', 'handed'), false)
  await dalia.call(justice.answerOrder, {
    params: { case: id, order: body.id },
    version: 1,
    body: { answer: 'confirmed' },
  })
  assert.deepEqual([await waits('petra', 'handed'), await waits('vasco', 'handed')], [true, false])
  const [shown] = await dayOf('petra', 'handed', '7')
  assert.deepEqual([shown?.case, shown?.reference], [null, null])
})

test('broken glass waits for its review by who protects data; the coordinator hears of it as an alert', async () => {
  const { reference } = await keptCase(harness)
  const jonah = await harness.as('jonah')
  const body = {
    id: uuidv7(),
    reference,
    reason: 'danger-to-life' as const,
    text: 'She collapsed in the waiting room and cannot speak.',
  }
  await jonah.call(oversight.breakGlass, { body })
  const [glass] = (await dayOf('wren', 'glass', '7')).filter(one => one.id === body.id)
  assert.equal(glass?.part, 'this-week')
  assert.deepEqual(
    (await dayOf('wren', 'alert')).filter(one => one.code === 'glass-broken'),
    [],
  )
  const [alert] = (await dayOf('dalia', 'alert')).filter(one => one.code === 'glass-broken')
  assert.deepEqual(alert?.moves, ['seen'])
  await dalia.call(oversight.seeAlert, { params: { alert: alert!.id }, body: {} })
  assert.deepEqual(
    (await dayOf('dalia', 'alert')).filter(one => one.id === alert!.id),
    [],
  )
})

test('a case that is closed to somebody is not in their list, nor are its tasks', async () => {
  const { id, reference } = await keptCase(harness)
  const ines = await harness.as('ines')
  const body = taskBody(toWhom('ines'))
  await dalia.call(tasks.make, { params: { case: id }, body })
  assert.ok((await dayOf('ines', 'task')).some(one => one.id === body.id))
  const tobias = await harness.as('tobias')
  await tobias.call(oversight.bar, {
    body: { id: uuidv7(), reference, account: accountId('ines'), reason: 'family' },
  })
  assert.ok(!(await dayOf('ines', 'task')).some(one => one.id === body.id))
  const moved = ines.call(tasks.finish, { params: { task: body.id }, version: 1, body: {} })
  await assert.rejects(moved, { code: 'not-found' })
  assert.ok(
    (await dayOf('dalia', 'task')).some(one => one.id === body.id),
    'it is back with who is in charge',
  )
})
test('who has no work with cases has tasks of their own at most', async () => {
  for (const key of ['amara', 'odette'] as const)
    assert.deepEqual((await today(await harness.as(key), '7')).items, [], key)
})
