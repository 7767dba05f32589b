import { createHmac, randomBytes } from 'node:crypto'
import { fromBase32, toBase32 } from './base32.ts'
import { equal } from './hash.ts'

const STEP_MS = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new shared secret: 160 bits (RFC 4226 §4) in base32 (RFC 4648), as authenticator apps take it. */
export function totpSecret(): string {
  return toBase32(randomBytes(20), ALPHABET)
}

/** The `otpauth:` address for a QR code. SHA-1, six digits and 30 s are left unsaid: some apps refuse to read them. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
}

/** The code of one step (RFC 6238; SHA-1 because nothing else is understood by every app; RFC 4226 §5.3 truncation). */
export function totpCode(secret: string, step: number, length = 6): string {
  const key = fromBase32(secret, ALPHABET)
  if (key === undefined || key.length < 16) throw new RangeError('not a TOTP secret')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const value = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff
  return String(value % 10 ** length).padStart(length, '0')
}

/**
 * The step that a code belongs to, to be kept as `lastStep`; undefined when it is wrong or used before. The step before
 * and after `now` (ms) count too: phones' clocks differ.
 */
export function verifyTotp(secret: string, code: string, now: number, lastStep = -1): number | undefined {
  const typed = Buffer.from(code.replace(/\s/g, ''))
  const current = Math.floor(now / STEP_MS)
  let found: number | undefined
  for (const step of [current - 1, current, current + 1]) {
    // Every step is compared, so that the time taken does not tell which one was right.
    if (step >= 0 && equal(Buffer.from(totpCode(secret, step)), typed) && step > lastStep) found ??= step
  }
  return found
}
