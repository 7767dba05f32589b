import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { care } from '../../contract.ts'
import { caseInCare, codeOf } from '../../make.ts'

let harness: Harness
let dalia: Persona
before(async () => {
  harness = await startHarness()
  dalia = await harness.as('dalia')
})
after(() => harness.stop())

const guardian = (change: object = {}) => ({
  id: uuidv7(),
  name: 'Ruthanne Ibarra',
  phone: '+999 555 0190',
  relation: 'appointed' as const,
  verified: 'court-order' as const,
  how: 'Order read and the clerk called',
  suspected: false,
  ...change,
})
const clocksOf = async (id: string) =>
  (await dalia.call(cases.read, { params: { case: id } })).clocks.filter(one => one.kind === 'child-guardian')

test('a child’s case starts the guardian’s clock when it opens; a named guardian stops it, an adult’s has none', async () => {
  const id = await caseInCare(harness, { child: 'in-doubt' })
  const [clock] = await clocksOf(id)
  assert.equal(Date.parse(clock!.dueAt) - Date.parse(clock!.startsAt), 24 * 3_600_000)
  assert.equal(clock?.stoppedAt, null)
  await dalia.call(care.nameGuardian, { params: { case: id }, body: guardian() })
  assert.ok((await clocksOf(id))[0]?.stoppedAt)
  assert.deepEqual(await clocksOf(await caseInCare(harness)), [])
})

test('somebody found to be a child later needs a guardian from then on', async () => {
  const id = await caseInCare(harness)
  await dalia.call(cases.editIdentity, {
    params: { case: id },
    body: { id: uuidv7(), edits: [{ field: 'birthDate', value: '2015-03-03', base: null }] },
  })
  assert.equal((await clocksOf(id)).length, 1)
})

test('a guardian under suspicion is none, neither at once nor after the suspicion came up', async () => {
  const params = { case: await caseInCare(harness, { child: 'in-doubt' }) }
  const name = (change: object = {}) => codeOf(dalia.call(care.nameGuardian, { params, body: guardian(change) }))
  assert.equal(await name({ suspected: true }), 'invalid-input suspected:suspected-guardian')
  assert.equal((await clocksOf(params.case))[0]?.stoppedAt, null)
  const body = guardian()
  await dalia.call(care.nameGuardian, { params, body })
  assert.equal(await name(), 'not-now')
  const end = (version: number) =>
    codeOf(
      dalia.call(care.endGuardian, { params: { ...params, guardian: body.id }, version, body: { why: 'suspected' } }),
    )
  assert.equal(await end(4), 'version-stale')
  assert.equal(await end(1), 'done')
  const clocks = await clocksOf(params.case)
  assert.deepEqual(
    clocks.map(one => one.stoppedAt === null),
    [false, true],
  )
  assert.equal(await name({ name: ' ruthanne IBARRA' }), 'invalid-input name:suspected-guardian')
  assert.equal(await name({ name: 'Corwin Abelard' }), 'done')
})

test('separation, return and a durable solution are determined by several, after an assessment', async () => {
  const params = { case: await caseInCare(harness, { child: 'in-doubt' }) }
  const weigh = (change: object) =>
    codeOf(
      dalia.call(care.weighInterest, {
        params,
        body: {
          id: uuidv7(),
          kind: 'assessment',
          step: 'return',
          outcome: 'more-needed',
          childSaid: 'She wants to see her grandmother.',
          reasons: 'The house there was not visited.',
          ...change,
        } as never,
      }),
    )
  const determination = { kind: 'determination', outcome: 'in-interest', panel: 'Judge, child officer, coordinator' }
  assert.equal(await weigh(determination), 'invalid-input kind:assess-first')
  assert.equal(await weigh({}), 'done')
  assert.equal(await weigh({ ...determination, panel: undefined }), 'invalid-input panel:required')
  assert.equal(await weigh({ ...determination, step: 'school' }), 'invalid-input kind:not-offered')
  assert.equal(await weigh(determination), 'done')
  const { interests } = await dalia.call(care.child, { params })
  assert.deepEqual(
    interests.map(one => [one.kind, one.step, one.childSaid]),
    [
      ['determination', 'return', 'She wants to see her grandmother.'],
      ['assessment', 'return', 'She wants to see her grandmother.'],
    ],
  )
})

test('an adult has no guardian and no step in a child’s interest', async () => {
  const params = { case: await caseInCare(harness) }
  assert.equal(await codeOf(dalia.call(care.nameGuardian, { params, body: guardian() })), 'not-now')
  assert.equal((await dalia.call(care.child, { params })).child, false)
})
