import { plainDigits } from '#platform/contract/digits.ts'
import { toBase32 } from '#platform/crypto/base32.ts'
import { hmac } from '#platform/crypto/hash.ts'
import type { Keys } from '#platform/crypto/keys.ts'
import { digits, token } from '#platform/crypto/random.ts'

// What opens something here is kept as a hash under a key that is not in the database: who has a copy of that opens nothing, and
// cannot try the few digits of a code either.

/** Crockford's: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const letters = (bytes: number): string => toBase32(Buffer.from(token(bytes), 'base64url'), alphabet)

/** 128 bits in 26 letters and digits, as they can be typed from a card. */
export const newKey = (): string => letters(16)
const codeLength = 8
/** Digits that are told: of a link, and on a sheet. */
export const newCode = (): string => digits(codeLength)
/** 160 bits, which need no slow sealing. */
export const newPassphrase = (): string => letters(20).replace(/(.{4})(?=.)/g, '$1-')

/** What was typed or came with the link, in one spelling; whatever else finds nothing. */
export const readKey = (typed: string): string =>
  typed.slice(0, 200).toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1')
export const lookupOf = (keys: Keys, key: string): Buffer => hmac(keys.platformKey('referrals.link').secret, key)
/** Bound to its link: the same digits are another hash elsewhere. */
export const codeOf = (keys: Keys, key: string, typed: string): Buffer =>
  hmac(keys.platformKey('referrals.link-code').secret, JSON.stringify([key, readCode(typed)]))
/** Bound to its referral. */
export const returnCodeOf = (keys: Keys, referral: string, typed: string): Buffer =>
  hmac(keys.platformKey('referrals.return-code').secret, JSON.stringify([referral, readCode(typed)]))
const readCode = (typed: string): string => plainDigits(typed, codeLength) ?? `no code: ${typed.slice(0, 40)}`
