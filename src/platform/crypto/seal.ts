import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { KeyError } from './key-error.ts'

/**
 * Where a sealed value lives. It is authenticated with the value, so a ciphertext copied to another row, column,
 * compartment or version does not open. No part may hold `|`.
 */
export interface Place {
  readonly table: string
  readonly row: string
  readonly column: string
  readonly compartment: string
  readonly version: number
}

const FORMAT = 1
const HEAD = 1 + 2
const NONCE = 12
const TAG = 16

function aadOf(place: Place): Buffer {
  const parts = [place.table, place.row, place.column, place.compartment]
  // Without this two different places could spell the same associated data.
  if (parts.some(part => part.includes('|'))) throw new TypeError('a place may not hold "|"')
  return Buffer.from(`samaan1|${parts.join('|')}|${place.version}`)
}

function unreadable(): KeyError {
  return new KeyError('unreadable', 'a sealed value does not open with this key at this place')
}

/**
 * AES-256-GCM with a random nonce. Layout: format 1 (1 byte), key version (uint16, big-endian), nonce (12),
 * ciphertext, tag (16): 31 bytes more than the value.
 */
export function seal(key: DataKey, plain: string | Uint8Array, aad: Place): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG })
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(FORMAT, 0)
  head.writeUInt16BE(key.version, 1)
  cipher.setAAD(Buffer.concat([aadOf(aad), head]))
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  cipher.final()
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()])
}

/** The value, or KeyError `unreadable`: tampered, truncated, moved, or sealed by another key. */
export function open(key: DataKey, sealed: Uint8Array, aad: Place): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (sealedVersion(bytes) !== key.version) throw unreadable()
  const head = bytes.subarray(0, HEAD)
  const nonce = bytes.subarray(HEAD, HEAD + NONCE)
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG })
  decipher.setAAD(Buffer.concat([aadOf(aad), head]))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
  const plain = decipher.update(bytes.subarray(HEAD + NONCE, bytes.length - TAG))
  try {
    decipher.final()
  } catch {
    plain.fill(0)
    throw unreadable()
  }
  return plain
}

/** As {@link open}, as UTF-8 text. */
export function openText(key: DataKey, sealed: Uint8Array, aad: Place): string {
  return open(key, sealed, aad).toString('utf8')
}

/** The key version that a sealed value names (to release the right key); KeyError `unreadable` if it is none. */
export function sealedVersion(sealed: Uint8Array): number {
  if (sealed.length < HEAD + NONCE + TAG || sealed[0] !== FORMAT) throw unreadable()
  return (sealed[1]! << 8) | sealed[2]!
}
