import type { Bytes } from '#platform/sync/parcel-format.ts'

export type { Bytes } from '#platform/sync/parcel-format.ts'

export const utf8 = (text: string): Bytes => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += digits[byte]
  return text
}

/** For bytes that are no secret: it ends at the first difference. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

export const randomBytes = (crypto: Crypto, count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))

/** UUIDv7 by the phone's clock; time only sorts, the rest is random. */
export function identifier(crypto: Crypto, now: number): string {
  const bytes = randomBytes(crypto, 16)
  const time = Math.max(0, Math.floor(now))
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(time / 256 ** (5 - at)) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const text = hex(bytes)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`
}
