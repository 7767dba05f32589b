import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** A 256-bit key and its version. The bytes stay inside a KeyObject, which prints and serialises as nothing. */
export interface DataKey {
  readonly version: number
  readonly secret: KeyObject
}

const NO_SALT = Buffer.alloc(0)

/** HKDF-SHA-256 (RFC 5869) without salt, 32 bytes: the input is a full-strength secret already. */
export function deriveKey(from: Uint8Array | KeyObject, info: string, version: number): DataKey {
  const bytes = new Uint8Array(hkdfSync('sha256', from, NO_SALT, info, 32))
  const secret = createSecretKey(bytes)
  bytes.fill(0)
  return { version, secret }
}
