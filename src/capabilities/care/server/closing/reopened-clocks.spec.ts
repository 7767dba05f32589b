import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Case, cases, type Step } from '#capabilities/cases/contract.ts'
import { dayNumber, instantOf, localDay } from '#platform/clocks/zone.ts'
import { loadPacks } from '#platform/country/load.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { countriesFolder } from '../../../../../tests/harness/cluster.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { care } from '../../contract.ts'
import { caseInCare } from '../../make.ts'

const pack = (await loadPacks(countriesFolder)).get('XSA')!
let harness: Harness
let dalia: Persona
let tobias: Persona
before(async () => {
  harness = await startHarness()
  ;[dalia, tobias] = await Promise.all([harness.as('dalia'), harness.as('tobias')])
})
after(() => harness.stop())

/** Ten in the morning of that day. */
const morning = (days: number): Date => {
  const { timeZone } = pack
  return new Date(instantOf(timeZone.value!, dayNumber(inDays(days)), 600))
}
async function on<T>(days: number, run: () => Promise<T>): Promise<T> {
  harness.setNow(morning(days))
  try {
    return await run()
  } finally {
    harness.setNow(undefined)
  }
}
const read = (id: string) => dalia.call(cases.read, { params: { case: id } })
const clock = (found: Case, kind = 'reasonable-grounds') => found.clocks.find(one => one.kind === kind)!

/** Closes a case on one day and opens it again on another. */
async function closedBetween(id: string, closed: number, reopened: number): Promise<void> {
  const params = { case: id }
  const closure = uuidv7()
  await on(closed, async () => {
    const { open } = await dalia.call(care.closing, { params })
    const explained = open.map(one => one.id)
    const body = {
      id: closure,
      reason: 'plan-completed' as const,
      planned: true,
      reasons: 'All of it is done.',
      explained,
    }
    await dalia.call(care.proposeClosure, { params, body })
    await tobias.call(care.secondClosure, { params: { ...params, closure }, version: 1, body: { answer: 'approved' } })
  })
  const { status, dueAt, clocks } = await read(id)
  assert.deepEqual([status, dueAt], ['closed', null])
  assert.ok(clocks.every(one => one.stoppedAt))
  await on(reopened, () =>
    dalia.call(care.reopen, { params: { ...params, closure }, version: 2, body: { reason: 'She called again.' } }),
  )
}
const turn = async (id: string, kind: string, days: number, what: 'pause' | 'resume') => {
  const { version, clocks } = await read(id)
  const params = { case: id, clock: clocks.find(one => one.kind === kind)!.id }
  await on(days, () =>
    what === 'resume'
      ? dalia.call(cases.resumeClock, { params, version, body: {} })
      : dalia.call(cases.pauseClock, { params, version, body: { id: uuidv7(), reason: 'person-unwell' } }),
  )
}
const moved = async (id: string, move: Step, days: number) => {
  const { version } = await read(id)
  const body = { id: uuidv7(), move, reasons: 'As it was said on the phone.' }
  await on(days, () => dalia.call(cases.move, { params: { case: id }, version, body }))
}
/** The days after one moment, up to another, on which the unit works: one after the other, apart from how the clock does it. */
function workingDays(after: Date, until: Date): number {
  const { timeZone, work, holidays } = pack
  const off = new Set(holidays.items.map(({ date }) => dayNumber(date)))
  let days = 0
  for (let day = localDay(timeZone.value!, after.getTime()); day <= localDay(timeZone.value!, until.getTime()); day++) {
    const weekday = new Date(day * 86_400_000).getUTCDay() || 7
    const closes = Math.max(
      ...work.hours.value!.map(({ to }) =>
        instantOf(timeZone.value!, day, Number(to.slice(0, 2)) * 60 + Number(to.slice(3))),
      ),
    )
    const counts = work.days.value!.includes(weekday) && !off.has(day)
    if (counts && closes > after.getTime() && closes <= until.getTime()) days += 1
  }
  return days
}
const told = async (id: string) =>
  (await read(id)).timeline.filter(one => one.event === 'case.clock-reopened').map(one => one.about)

test('a reopened case has the working days left that it had when it was closed, whatever pause ran before', async () => {
  const id = await caseInCare(harness)
  await turn(id, 'reasonable-grounds', 1, 'pause')
  await turn(id, 'reasonable-grounds', 9, 'resume')
  const paused = new Date(clock(await read(id)).dueAt)
  await closedBetween(id, 10, 41)
  const found = await read(id)
  const due = new Date(clock(found).dueAt)
  assert.equal(workingDays(morning(41), due), workingDays(morning(10), paused))
  assert.ok(workingDays(morning(41), due) > 0)
  assert.deepEqual([clock(found).stoppedAt, clock(found).pausedAt, found.dueAt], [null, null, due.toISOString()])
  assert.ok(Date.parse(clock(found).warnAt) > morning(41).getTime())
  assert.deepEqual(await told(id), [{ clock: 'reasonable-grounds', standing: 'running' }])
  // And once more: what was left goes on each time.
  await closedBetween(id, 41, 55)
  assert.equal(workingDays(morning(55), new Date(clock(await read(id)).dueAt)), workingDays(morning(41), due))
})

test('what had run out when the case was closed is overdue again', async () => {
  const id = await caseInCare(harness)
  const { dueAt } = clock(await read(id))
  await closedBetween(id, 20, 30)
  const found = await read(id)
  assert.deepEqual([clock(found).dueAt, clock(found).stoppedAt, found.dueAt], [dueAt, null, dueAt])
  assert.deepEqual(await told(id), [{ clock: 'reasonable-grounds', standing: 'overdue' }])
  const { items } = await on(30, () =>
    tobias.call(cases.clocks, { query: { state: 'overdue', reference: found.reference } }),
  )
  assert.deepEqual(
    items.map(one => one.kind),
    ['reasonable-grounds'],
  )
})

test('what stood still stands still again, and goes on when the person is found', async () => {
  const id = await caseInCare(harness)
  const before = new Date(clock(await read(id)).dueAt)
  await moved(id, 'report-missing', 1)
  await closedBetween(id, 4, 12)
  const found = await read(id)
  assert.deepEqual(
    [clock(found).stoppedAt, clock(found).pausedAt, clock(found).pauseReason, found.dueAt],
    [null, morning(12).toISOString(), 'missing', null],
  )
  assert.deepEqual(await told(id), [{ clock: 'reasonable-grounds', standing: 'paused' }])
  await moved(id, 'find', 20)
  const after = clock(await read(id))
  assert.equal(after.pausedAt, null)
  assert.equal(workingDays(morning(20), new Date(after.dueAt)), workingDays(morning(1), before))
})

test('a clock that stopped because its work was done stays stopped; a child’s time without a guardian goes on', async () => {
  const id = await caseInCare(harness, { child: 'in-doubt' })
  const body = {
    id: uuidv7(),
    name: 'Ruthanne Ibarra',
    relation: 'appointed' as const,
    verified: 'court-order' as const,
  }
  await dalia.call(care.nameGuardian, {
    params: { case: id },
    body: { ...body, phone: '+999 555 0190', how: 'Order read and the clerk called', suspected: false },
  })
  await closedBetween(id, 1, 8)
  assert.ok(clock(await read(id), 'child-guardian').stoppedAt)
  const other = await caseInCare(harness, { child: 'in-doubt' })
  await closedBetween(other, 2, 9)
  // A day had been given, and was over.
  const found = clock(await read(other), 'child-guardian')
  assert.equal(found.stoppedAt, null)
  assert.ok(Date.parse(found.dueAt) < morning(2).getTime())
})
