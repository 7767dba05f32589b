import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { In } from '#platform/contract/operation.ts'
import { type Harness, type Persona, startHarness } from '../../../../../tests/harness/harness.ts'
import { openedCase, putInCharge } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'

let harness: Harness
const the = {} as Record<'marisol' | 'kofi' | 'tobias' | 'dalia' | 'bastien' | 'ines', Persona>
let id: string
before(async () => {
  harness = await startHarness()
  for (const key of ['marisol', 'kofi', 'tobias', 'dalia', 'bastien', 'ines'] as const) the[key] = await harness.as(key)
  id = await openedCase(harness, {
    identity: {
      givenName: 'Xiomara',
      familyName: 'Villalobos Peña',
      age: 31,
      phone: '+999 555 7117',
      document: 'V-77.1',
    },
  })
  await putInCharge(harness, id)
})
after(() => harness.stop())

const alike = (by: Persona, query: In<(typeof cases.alike)['query']>) =>
  by.call(cases.alike, { query }).then(({ items }) => items.map(one => [one.case, one.why.join()]))

test('who writes a person down is told of those they see who could be the same, however the name was heard', async () => {
  for (const by of [the.marisol, the.tobias, the.dalia])
    for (const [query, why] of [
      [{ givenName: 'Siomara', familyName: 'Vilalobos', age: '32' }, 'name,birth'],
      [{ givenName: 'X.', familyName: 'Villalobos' }, 'name'],
      [{ givenName: 'Xiomara', familyName: 'de la Peña Villalobos' }, 'name'],
      [{ phone: '5557117' }, 'phone'],
      [{ givenName: 'Rosa', familyName: 'Rojas', document: 'v771' }, 'document'],
    ] as const)
      assert.deepEqual(await alike(by, query), [[id, why]], `${by.key} ${JSON.stringify(query)}`)
})

test('somebody else is not shown, and nobody of whom too little is known', async () => {
  for (const query of [
    { givenName: 'Xiomara', familyName: 'Rojas' },
    { givenName: 'Xiomara', familyName: 'Villalobos', age: '60' },
    { givenName: 'Xiomara' },
    { phone: '5557118' },
    {},
  ])
    assert.deepEqual(await alike(the.marisol, query), [], JSON.stringify(query))
})

test('of a case that they do not see nobody is told anything, and who writes nobody down may not ask', async () => {
  const whole = { givenName: 'Xiomara', familyName: 'Villalobos Peña', phone: '+999 555 7117', document: 'V-77.1' }
  const nothing = await the.kofi.call(cases.alike, { query: whole })
  assert.deepEqual(nothing, await the.kofi.call(cases.alike, { query: { givenName: 'Nobody', familyName: 'Atall' } }))
  assert.deepEqual(await alike(the.bastien, whole), [])
  await assert.rejects(alike(the.ines, whole), { code: 'not-found' })
})
