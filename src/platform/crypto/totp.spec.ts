import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase32, toBase32 } from './base32.ts'
import { deriveKey } from './data-key.ts'
import { findRecoveryCode, hashRecoveryCode, recoveryCodes } from './recovery.ts'
import { totpCode, totpSecret, totpUri, verifyTotp } from './totp.ts'

// RFC 6238 appendix B uses the ASCII key 12345678901234567890.
const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test('the codes of RFC 6238 appendix B', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const) {
    assert.equal(totpCode(rfc, Math.floor(seconds / 30), 8), code)
    assert.equal(verifyTotp(rfc, code.slice(2), seconds * 1000), Math.floor(seconds / 30))
  }
})

test('the step before and after count, further ones do not', () => {
  const now = 1_111_111_111_000
  const step = Math.floor(now / 30_000)
  for (const near of [-1, 0, 1]) assert.equal(verifyTotp(rfc, totpCode(rfc, step + near), now), step + near)
  for (const far of [-2, 2]) assert.equal(verifyTotp(rfc, totpCode(rfc, step + far), now), undefined)
})

test('a code is good once, and nothing older afterwards', () => {
  const now = 1_111_111_111_000
  const step = Math.floor(now / 30_000)
  const used = verifyTotp(rfc, totpCode(rfc, step), now)
  assert.equal(used, step)
  assert.equal(verifyTotp(rfc, totpCode(rfc, step), now, used), undefined)
  assert.equal(verifyTotp(rfc, totpCode(rfc, step - 1), now, used), undefined)
  assert.equal(verifyTotp(rfc, totpCode(rfc, step + 1), now, used), step + 1)
})

test('anything else is no code', () => {
  for (const typed of ['', '000', '1234567', 'abcdef']) assert.equal(verifyTotp(rfc, typed, 59_000), undefined)
  assert.equal(verifyTotp(rfc, '287 082', 59_000), 1)
})

test('a secret is 160 bits and its address names account and issuer', () => {
  const secret = totpSecret()
  assert.match(secret, /^[A-Z2-7]{32}$/)
  const uri = new URL(totpUri(secret, 'ana@example.org', 'Samaan TT'))
  assert.equal(uri.searchParams.get('secret'), secret)
  assert.equal(uri.searchParams.get('issuer'), 'Samaan TT')
  assert.equal(decodeURIComponent(uri.pathname), '/Samaan TT:ana@example.org')
})

test('base32 gives back any bytes', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  // RFC 4648 §10.
  assert.equal(toBase32(Buffer.from('foobar'), alphabet), 'MZXW6YTBOI')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), bytes =>
      fromBase32(toBase32(bytes, alphabet), alphabet)!.equals(Buffer.from(bytes)),
    ),
  )
})

test('ten recovery codes, each found however it is typed, none without the pepper', () => {
  const pepper = deriveKey(Buffer.alloc(32, 1), 'recovery', 1)
  const codes = recoveryCodes()
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/)
  const hashes = codes.map(code => hashRecoveryCode(code, pepper))
  const typed = codes[4]!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')
  assert.equal(findRecoveryCode(typed, hashes, pepper), 4)
  assert.equal(findRecoveryCode('0000-0000-0000-0000-0000-0000', hashes, pepper), -1)
  assert.equal(findRecoveryCode(typed, hashes, deriveKey(Buffer.alloc(32, 2), 'recovery', 1)), -1)
})
