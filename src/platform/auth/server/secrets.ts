import { renderSVG } from 'uqr'
import { BusyError } from '../../crypto/key-error.ts'
import type { Keys } from '../../crypto/keys.ts'
import { hashPassword, verifyPassword } from '../../crypto/password.ts'
import { hashRecoveryCode, recoveryCodes } from '../../crypto/recovery.ts'
import { open, type Place, seal } from '../../crypto/seal.ts'
import { totpSecret, totpUri, verifyTotp } from '../../crypto/totp.ts'
import { type FieldError, Problem } from '../../problem/problem.ts'

// Passwords, authenticator apps and recovery codes, as they are kept.

const place = (table: string, row: string): Place => ({ table, row, column: 'totp', compartment: 'ID', version: 1 })
const atPassword = (account: string) => place('auth.password', account)
const atChallenge = (id: string) => place('auth.challenge', id)

/** A fresh secret for an authenticator app, to be shown, and sealed for the challenge that offers it. */
export function offerAuthenticator(keys: Keys, challenge: string, email: string) {
  const secret = totpSecret()
  const uri = totpUri(secret, email, 'Samaan')
  const svg = renderSVG(uri, { ecc: 'M', border: 2, pixelSize: 4 })
  return {
    shown: { secret, uri, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` },
    sealed: seal(keys.platformKey('totp'), secret, atChallenge(challenge)),
  }
}

/** At least 12 characters of at least 6 kinds, and not built around the person's own address. @throws Problem invalid-input */
export function checkPassword(password: string, email: string): void {
  const wrong = (code: string, limit?: number): never => {
    throw new Problem('invalid-input', [{ field: 'password', code, ...(limit ? { limit } : {}) } as FieldError])
  }
  if ([...password].length < 12) wrong('too-short', 12)
  const own = email.toLowerCase().split('@')[0]!
  if (new Set(password).size < 6 || (own.length > 3 && password.toLowerCase().includes(own))) wrong('guessable')
}

/**
 * A chosen password with its authenticator, ready to be kept.
 * @throws Problem invalid-input naming password or code; busy
 */
export async function newPassword(
  keys: Keys,
  account: { id: string; email: string },
  challenge: { id: string; totp: Buffer | null },
  given: { password: string; code: string },
  now: Date,
): Promise<{ hash: string; totp: Buffer; totp_step: number }> {
  checkPassword(given.password, account.email)
  const key = keys.platformKey('totp')
  const secret = challenge.totp ? open(key, challenge.totp, atChallenge(challenge.id)).toString() : undefined
  const step = secret === undefined ? undefined : verifyTotp(secret, given.code, now.getTime())
  if (secret === undefined || step === undefined) throw new Problem('invalid-input', [{ field: 'code', code: 'wrong' }])
  const hash = await hashOf(given.password)
  return { hash, totp: seal(key, secret, atPassword(account.id)), totp_step: step }
}

/** @throws Problem busy */
export const hashOf = (password: string): Promise<string> => hashPassword(password).catch(busy)

/** Whether the password is right; without a hash the same work and no. @throws Problem busy */
export const isPassword = (hash: string | undefined, password: string): Promise<boolean> =>
  verifyPassword(hash, password).catch(busy)

const busy = (error: unknown): never => {
  throw error instanceof BusyError ? new Problem('busy') : error
}

// What somebody without an authenticator is measured against, so that the work is the same.
const nobody = totpSecret()

/** The step of a right code of the account's authenticator; undefined when wrong, used, or there is none. */
export function totpStep(
  keys: Keys,
  account: string,
  kept: { totp: Buffer; totp_step: number } | undefined,
  code: string,
  now: Date,
): number | undefined {
  const secret = kept ? open(keys.platformKey('totp'), kept.totp, atPassword(account)).toString() : nobody
  const step = verifyTotp(secret, code, now.getTime(), kept?.totp_step)
  return kept ? step : undefined
}

/** Six digits come from an authenticator; everything else is a recovery code. */
export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(code.replace(/\s/g, ''))

export const recoveryHash = (keys: Keys, code: string): Buffer => hashRecoveryCode(code, keys.platformKey('recovery'))

/** Ten new recovery codes and what is kept of them. */
export function makeRecoveryCodes(keys: Keys): { codes: string[]; hashes: Buffer[] } {
  const codes = recoveryCodes(10)
  return { codes, hashes: codes.map(code => recoveryHash(keys, code)) }
}
