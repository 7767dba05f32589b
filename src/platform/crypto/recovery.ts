import { randomBytes } from 'node:crypto'
import { toBase32 } from './base32.ts'
import type { DataKey } from './data-key.ts'
import { equal, hmac } from './hash.ts'

// Crockford's letters: none that is read as another.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Codes for somebody who has lost passkey and phone, each good once: `7k2m-…` in six groups of four. 120 bits, so
 * that a plain hash is enough (ASVS 5.0, 6.5.2: 112 bits or a password hash).
 */
export function recoveryCodes(count = 10): string[] {
  return Array.from({ length: count }, () => toBase32(randomBytes(15), ALPHABET).replace(/(.{4})(?!$)/g, '$1-'))
}

/** As people type them: any case, spaces or dashes, the letters o, i and l for the digits they look like. */
function normalise(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
}

/** What the database keeps: HMAC-SHA-256 under a pepper, `keys.platformKey('recovery')`, that is not in the database. */
export function hashRecoveryCode(code: string, pepper: DataKey): Buffer {
  return hmac(pepper.secret, normalise(code))
}

/** Which of the kept hashes a typed code is, or -1. The caller removes that one in the same transaction. */
export function findRecoveryCode(code: string, hashes: readonly Uint8Array[], pepper: DataKey): number {
  const typed = hashRecoveryCode(code, pepper)
  let found = -1
  hashes.forEach((hash, i) => {
    if (equal(hash, typed)) found = i
  })
  return found
}
