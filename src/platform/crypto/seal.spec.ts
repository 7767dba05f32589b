import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { deriveKey } from './data-key.ts'
import { equal, hashToken, hmac, sha256 } from './hash.ts'
import { KeyError } from './key-error.ts'
import { open, openText, type Place, seal, sealedVersion } from './seal.ts'

const key = deriveKey(Buffer.alloc(32, 7), 'spec', 3)
const place: Place = { table: 'cases.person', row: '018f', column: 'name', compartment: 'ID', version: 1 }
const unreadable = (error: unknown) => error instanceof KeyError && error.code === 'unreadable'

test('any bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), plain => {
      const sealed = seal(key, plain, place)
      assert.equal(sealed.length, plain.length + 31)
      return open(key, sealed, place).equals(plain)
    }),
  )
})

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), plain => openText(key, seal(key, plain, place), place) === plain),
  )
})

test('any flipped bit makes a sealed value unreadable, and the error says nothing of it', () => {
  const sealed = seal(key, 'Marisol', place)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    assert.throws(() => open(key, changed, place), unreadable)
    try {
      open(key, changed, place)
    } catch (error) {
      assert.doesNotMatch(inspect(error), /Marisol/)
    }
  }
})

test('a value cut anywhere is unreadable', () => {
  const sealed = seal(key, 'Marisol', place)
  for (let n = 0; n < sealed.length; n++) assert.throws(() => open(key, sealed.subarray(0, n), place), unreadable)
})

test('a value moved to another table, row, column, compartment or version is unreadable', () => {
  const sealed = seal(key, 'Marisol', place)
  const others: Partial<Place>[] = [
    { table: 'cases.other' },
    { row: '0190' },
    { column: 'alias' },
    { compartment: 'WIT' },
    { version: 2 },
  ]
  for (const other of others) assert.throws(() => open(key, sealed, { ...place, ...other }), unreadable)
})

test('two places can never spell the same associated data', () => {
  assert.throws(() => seal(key, 'x', { ...place, row: 'a|b' }), TypeError)
})

test('another key and another key version do not open it; the version can be read from outside', () => {
  const sealed = seal(key, 'Marisol', place)
  assert.equal(sealedVersion(sealed), 3)
  assert.throws(() => open(deriveKey(Buffer.alloc(32, 8), 'spec', 3), sealed, place), unreadable)
  assert.throws(() => open({ ...key, version: 4 }, sealed, place), unreadable)
  assert.throws(() => sealedVersion(Buffer.from('nothing')), unreadable)
})

test('the same value sealed twice looks different', () => {
  assert.notDeepEqual(seal(key, 'Marisol', place), seal(key, 'Marisol', place))
})

test('a key shows its bytes neither printed nor as JSON', () => {
  const bytes = key.secret.export()
  for (const shown of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key)]) {
    assert.doesNotMatch(shown, new RegExp(bytes.toString('hex')))
    assert.doesNotMatch(shown, new RegExp(bytes.toString('base64').slice(0, 12).replace('+', '.')))
  }
  assert.equal(JSON.stringify(key), '{"version":3,"secret":{}}')
})

test('hashes are the published ones', () => {
  assert.equal(sha256('abc').toString('hex'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.deepEqual(hashToken('abc'), sha256(Buffer.from('abc')))
  // RFC 4231, test case 2.
  assert.equal(
    hmac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
  assert.equal(equal(Buffer.from('aa'), Buffer.from('aa')), true)
  assert.equal(equal(Buffer.from('aa'), Buffer.from('ab')), false)
  assert.equal(equal(Buffer.from('aa'), Buffer.from('aaa')), false)
})
