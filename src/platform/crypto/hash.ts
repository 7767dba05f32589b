import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto'

/** SHA-256 of bytes, or of a text in UTF-8. */
export function sha256(data: string | Uint8Array): Buffer {
  return hash('sha256', data, 'buffer')
}

/** HMAC-SHA-256. */
export function hmac(key: Uint8Array | KeyObject, data: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

/** Equality in constant time for equal lengths; a different length is simply unequal. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * What the database keeps of a random token (at least 128 bits): its SHA-256. Never use it for a secret that a person
 * chose or that is short: those need Argon2id (password.ts) or a pepper (recovery.ts).
 */
export function hashToken(token: string): Buffer {
  return sha256(token)
}

/** One and the same id for one text, and another for every other. */
export function derivedId(text: string): string {
  const hex = sha256(text).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
