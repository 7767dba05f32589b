import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { openedCase } from '../../../../tests/harness/make.ts'
import { cases } from '../contract.ts'

let harness: Harness
before(async () => {
  harness = await startHarness()
})
after(() => harness.stop())

const found = async (words: string) => {
  const tobias = await harness.as('tobias')
  return (await tobias.call(cases.search, { query: { words } })).items.map(one => one.name)
}

test('a person is found by the start of a name, another spelling, a phone or a document', async () => {
  await openedCase(harness, {
    identity: { givenName: 'Yeferson', familyName: 'Quintanilla', phone: '+999 555 0142', document: 'V-12.345.678' },
  })
  await openedCase(harness, { identity: { givenName: 'Luz', familyName: 'Peña' } })
  for (const words of [
    'Yef',
    'jefersson',
    'quintanila',
    'Quintanilla Yeferson',
    '999 555 0142',
    '5550142',
    'v12345678',
  ])
    assert.deepEqual(await found(words), ['Yeferson Quintanilla'], words)
  assert.deepEqual(await found('pena'), ['Luz Peña'])
  assert.deepEqual(await found('Yeferson Peña'), [])
})

test('a whole name finds who said a surname less, swapped them, or gave an initial', async () => {
  await openedCase(harness, { identity: { givenName: 'Rosalba', familyName: 'Mosquera' } })
  await openedCase(harness, { identity: { givenName: 'R.', familyName: 'Lozano Cárdenas' } })
  assert.deepEqual(await found('Rosalba Mosquera de Figueroa'), ['Rosalba Mosquera'])
  assert.deepEqual(await found('Rosalba Mercedes Mosquera'), ['Rosalba Mosquera'])
  assert.deepEqual(await found('Cardenas Lozano'), ['R. Lozano Cárdenas'])
  assert.deepEqual(await found('Rosa Lozano'), ['R. Lozano Cárdenas'])
  assert.deepEqual(await found('Rosalba Lozano Mosquera'), ['R. Lozano Cárdenas', 'Rosalba Mosquera'])
  assert.deepEqual(await found('Teresa Mosquera'), [])
})

test('who is not held by the unit is not found', async () => {
  const marisol = await harness.as('marisol')
  const answer = await marisol.fetch('/api/cases/search?words=Yeferson')
  assert.equal(answer.status, 404)
})

test('a changed identity is found by its new name only', async () => {
  const id = await openedCase(harness, { identity: { givenName: 'Marta', familyName: 'Villalobos' } })
  const tobias = await harness.as('tobias')
  const before = await tobias.call(cases.read, { params: { case: id } })
  await tobias.call(cases.changeIdentity, {
    params: { case: id },
    version: before.identityVersion!,
    body: { givenName: 'Martina', familyName: 'Soto' },
  })
  assert.deepEqual(await found('Villalobos'), [])
  assert.deepEqual(await found('Soto'), ['Martina Soto'])
})
