import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Refusal } from '#platform/contract/client.ts'
import { inDays } from '../../../../../tests/harness/day.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { decisionBody, openedCase } from '../../../../../tests/harness/make.ts'
import { cases, type Identity } from '../../contract.ts'

let harness: Harness
let tobias: Persona
let ines: Persona
before(async () => {
  harness = await startHarness()
  tobias = await harness.as('tobias')
  ines = await harness.as('ines')
})
after(() => harness.stop())

const read = (id: string) => tobias.call(cases.read, { params: { case: id } })
const change = async (id: string, body: Identity) =>
  tobias.call(cases.changeIdentity, { params: { case: id }, version: (await read(id)).identityVersion!, body })
const found = async (id: string) =>
  (await read(id)).timeline.filter(one => one.event === 'case.child-found').map(one => one.account)
test('a person who turns out to be a child is treated as one from then on', async () => {
  const id = await openedCase(harness, { child: 'no', identity: { givenName: 'Lorna' } })
  const before = await read(id)
  assert.equal(before.child, false)
  await change(id, { givenName: 'Lorna', age: 9 })
  const raised = await read(id)
  assert.equal(raised.child, true)
  assert.deepEqual(await found(id), [tobias.account])
  // Who decides on what was known before has to look again; then no means are asked of a child.
  const body = await decisionBody(ines, id, 'positive', {
    means: [],
    grounds: { act: 'She was recruited.', purpose: 'She had to work.' },
  })
  const decide = (version: number) => ines.call(cases.decide, { params: { case: id }, version, body })
  await assert.rejects(decide(before.version), { code: 'version-stale' })
  await decide(raised.version)
  assert.equal((await read(id)).identification, 'reasonable-grounds')
})

test('nothing typed into the identity makes a child an adult, and it is told once', async () => {
  const id = await openedCase(harness, { child: 'no', identity: { age: 30 } })
  await change(id, { birthDate: inDays(-3650) })
  const { version } = await read(id)
  await change(id, { age: 12 })
  await change(id, { age: 40 })
  await change(id, {})
  const still = await read(id)
  assert.equal(still.child, true)
  assert.equal(still.version, version)
  assert.equal((await found(id)).length, 1)
})

test('an adult stays one, and the folder is not touched', async () => {
  const id = await openedCase(harness, { child: 'no', identity: { age: 30 } })
  const { version } = await read(id)
  await change(id, { age: 18, birthDate: '1980-02-29' })
  const after = await read(id)
  assert.deepEqual([after.child, after.version], [false, version])
  assert.deepEqual(await found(id), [])
})

test('a day of birth that cannot be one is refused', async () => {
  const id = await openedCase(harness)
  for (const [birthDate, code] of [
    [inDays(2), 'future'],
    ['1901-01-01', 'too-old'],
  ] as const) {
    const refused = await change(id, { birthDate }).catch((refusal: Refusal) => refusal.fields)
    assert.deepEqual(
      (refused as { field: string; code: string }[]).map(one => [one.field, one.code]),
      [['birthDate', code]],
    )
  }
})
