import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { decisionBody, openedCase } from '../../../../tests/harness/make.ts'
import { cases } from '../contract.ts'

let harness: Harness
let ines: Persona
let rufus: Persona
before(async () => {
  harness = await startHarness()
  ines = await harness.as('ines')
  rufus = await harness.as('rufus')
})
after(() => harness.stop())

const read = (id: string) => ines.call(cases.read, { params: { case: id } })
const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

test('a positive decision needs act, means and purpose for an adult, and no means for a child', async () => {
  const adult = await openedCase(harness)
  const { version } = await read(adult)
  const without = ines.call(cases.decide, {
    params: { case: adult },
    version,
    body: await decisionBody(ines, adult, 'positive', { means: [] }),
  })
  assert.equal(await codeOf(without), 'invalid-input')
  const child = await openedCase(harness, { child: 'in-doubt' })
  const opened = await read(child)
  assert.equal(opened.child, true)
  await ines.call(cases.decide, {
    params: { case: child },
    version: opened.version,
    body: await decisionBody(ines, child, 'positive', {
      means: [],
      grounds: { act: 'She was recruited.', purpose: 'She had to work.' },
    }),
  })
  const decided = await read(child)
  assert.equal(decided.identification, 'reasonable-grounds')
  assert.ok(decided.clocks[0]?.stoppedAt)
})

test('a negative decision waits for a second person who is not the first', async () => {
  const id = await openedCase(harness)
  const { version } = await read(id)
  const body = await decisionBody(ines, id, 'negative')
  await ines.call(cases.decide, { params: { case: id }, version, body })
  const waiting = await read(id)
  assert.equal(waiting.identification, 'proposed-negative')
  assert.equal(waiting.moves.includes('confirm'), false)
  const second = {
    params: { case: id, decision: body.id },
    version: waiting.version,
    body: { answer: 'confirmed' as const },
  }
  assert.equal(await codeOf(ines.call(cases.confirm, second)), 'not-found')
  await rufus.call(cases.confirm, second)
  assert.equal((await read(id)).identification, 'no-reasonable-grounds')
})

test('a second person who does not agree sends it back to be decided again', async () => {
  const id = await openedCase(harness)
  const body = await decisionBody(ines, id, 'negative')
  await ines.call(cases.decide, { params: { case: id }, version: (await read(id)).version, body })
  const { version } = await read(id)
  await rufus.call(cases.confirm, { params: { case: id, decision: body.id }, version, body: { answer: 'returned' } })
  const returned = await read(id)
  assert.equal(returned.identification, 'pending')
  assert.equal(returned.moves.includes('decide'), true)
  assert.equal(returned.clocks[0]?.stoppedAt, null)
})

test('two people who decide at once: one is told that it has changed', async () => {
  const id = await openedCase(harness)
  const { version } = await read(id)
  const outcomes = await Promise.all(
    [ines, rufus].map(async one => {
      const body = await decisionBody(one, id, 'positive')
      return codeOf(one.call(cases.decide, { params: { case: id }, version, body }))
    }),
  )
  assert.deepEqual(outcomes.filter(one => one === 'done').length, 1)
  assert.ok(outcomes.some(one => one === 'version-stale' || one === 'not-now'))
})
