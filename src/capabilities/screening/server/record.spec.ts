import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import type { Refusal } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase, screeningBody } from '../../../../tests/harness/make.ts'
import { screening } from '../contract.ts'

let harness: Harness
let marisol: Persona
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
})
after(() => harness.stop())

type Body = ReturnType<typeof screeningBody>
/** The fields that a screening was refused for, each with its code. */
const wrong = (change: Partial<Body>): Promise<string[]> =>
  marisol.call(screening.record, { body: screeningBody(change) }).then(
    () => [],
    (refusal: Refusal) => refusal.fields.map(one => `${one.field} ${one.code}`).sort(),
  )
const told = (saidAt: string): Partial<Body> => ({ limitsTold: { ...screeningBody().limitsTold, saidAt } })
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
const day = (years: number) => {
  const at = new Date()
  at.setUTCFullYear(at.getUTCFullYear() + years)
  return at.toISOString().slice(0, 10)
}

test('an age or a day of birth under the country’s makes a child, whatever the person seemed', async () => {
  const recorded = async (identity: Body['identity']) => {
    const body = screeningBody({ child: 'no', identity })
    await marisol.call(screening.record, { body })
    return (await marisol.call(screening.read, { params: { screening: body.id } })).child
  }
  assert.equal(await recorded({ birthDate: day(-11) }), true)
  assert.equal(await recorded({ age: 9 }), true)
  assert.equal(await recorded({ age: 30, birthDate: day(-11) }), true)
  assert.equal(await recorded({ age: 30, birthDate: day(-30) }), false)
  assert.equal(await recorded({}), false)
  const ines = await harness.as('ines')
  const id = await openedCase(harness, { child: 'no', identity: { birthDate: day(-11) } })
  assert.equal((await ines.call(cases.read, { params: { case: id } })).child, true)
})

test('nothing is said tomorrow or years ago, and nobody is born then', async () => {
  assert.deepEqual(await wrong({ saidAt: daysFromNow(400) }), ['saidAt future'])
  assert.deepEqual(await wrong({ saidAt: daysFromNow(-61) }), ['saidAt too-old'])
  assert.deepEqual(await wrong(told(daysFromNow(1 / 48))), ['limitsTold.saidAt future'])
  assert.deepEqual(await wrong(told('1900-01-01T00:00:00Z')), ['limitsTold.saidAt too-old'])
  assert.deepEqual(await wrong({ identity: { birthDate: daysFromNow(2).slice(0, 10) } }), ['identity.birthDate future'])
  assert.deepEqual(await wrong({ identity: { birthDate: '1900-01-01' } }), ['identity.birthDate too-old'])
  // A week without a connection, and a clock that is a little ahead.
  assert.deepEqual(await wrong({ saidAt: daysFromNow(-7), ...told(daysFromNow(1 / 288)) }), [])
})

test('no id stands at the head of a list for good', async () => {
  const last = 'ffffffff-ffff-7fff-bfff-ffffffffffff'
  assert.deepEqual(await wrong({ id: last }), ['id future'])
  assert.deepEqual(await wrong({ case: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }), ['case id'])
  assert.deepEqual(await wrong({ id: uuidv7(Date.now() + 3 * 86_400_000) }), ['id future'])
})

test('every list of ids refuses a place that is none, and names it', async () => {
  const [tobias, odette] = await Promise.all((['tobias', 'odette'] as const).map(harness.as))
  for (const list of [
    '/api/screenings',
    '/api/cases',
    '/api/referrals?box=inbox',
    '/api/organisations',
    '/api/accounts',
  ]) {
    const by = list === '/api/accounts' ? odette! : tobias!
    const response = await by.fetch(`${list}${list.includes('?') ? '&' : '?'}after=abc`)
    assert.equal(response.status, 400, list)
    const { errors } = (await response.json()) as { errors: { field: string }[] }
    assert.deepEqual(
      errors.map(one => one.field),
      ['after'],
    )
  }
})
