import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Identity } from '../../contract.ts'
import { bornIn, compareIdentities } from './compare.ts'

const now = new Date('2026-11-22T00:00:00Z')
const compared = (one: Identity, other: Identity) => compareIdentities(one, other, '999', now)
const both = (one: Identity, other: Identity, field: keyof ReturnType<typeof compared>) => {
  const verdict = compared(one, other)[field]
  assert.equal(compared(other, one)[field], verdict, 'it does not matter which is first')
  return verdict
}

test('names are the same in any order, alike by ear, and different otherwise', () => {
  const ana = { givenName: 'Ana', familyName: 'Pérez García' }
  assert.equal(both(ana, { givenName: 'ANA', familyName: 'garcia perez' }, 'name'), 'same')
  assert.equal(both(ana, { givenName: 'Anna', familyName: 'Peres' }, 'name'), 'alike')
  assert.equal(both(ana, { givenName: 'A.', familyName: 'de la Pérez' }, 'name'), 'alike')
  assert.equal(both(ana, { givenName: 'Ana', familyName: 'Quispe' }, 'name'), 'differ')
  assert.equal(both(ana, {}, 'name'), 'unknown')
})

test('a day of birth and an age are held against each other by the years they leave', () => {
  assert.deepEqual(bornIn({ age: 24 }, now), [2001, 2002])
  assert.equal(both({ birthDate: '1990-03-04' }, { birthDate: '1990-03-04' }, 'birth'), 'same')
  assert.equal(both({ birthDate: '1990-03-04' }, { birthDate: '1990-04-03' }, 'birth'), 'alike')
  assert.equal(both({ birthDate: '1990-03-04' }, { birthDate: '1991-03-04' }, 'birth'), 'differ')
  assert.equal(both({ birthDate: '2001-06-01' }, { age: 24 }, 'birth'), 'alike')
  assert.equal(both({ age: 24 }, { age: 27 }, 'birth'), 'alike')
  assert.equal(both({ age: 24 }, { age: 40 }, 'birth'), 'differ')
  assert.equal(both({ age: 24 }, {}, 'birth'), 'unknown')
})

test('phones and documents are compared as they are meant, and what was not said is unknown', () => {
  assert.equal(both({ phone: '+999 555 0142' }, { phone: '5550142' }, 'phone'), 'same')
  assert.equal(both({ phone: '+999 555 0142' }, { phone: '999 555 0142' }, 'phone'), 'same')
  assert.equal(both({ phone: '+999 555 0142' }, { phone: '999 555 0143' }, 'phone'), 'differ')
  assert.equal(both({ document: 'v-12.345' }, { document: 'V12345' }, 'document'), 'same')
  assert.equal(both({ document: 'V12345' }, { document: 'V12346' }, 'document'), 'differ')
  assert.equal(both({ sex: 'not-said' }, { sex: 'female' }, 'sex'), 'unknown')
})
