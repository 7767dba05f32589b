import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

// What a person says of who helped them is for their coordinator: under SVC of the case, which no referral for help shares.
const place = (referral: string) =>
  ({ table: 'referrals.feedback', column: 'sealed_words', compartment: 'SVC', row: referral, version: 1 }) as const

export const sealFeedback = (key: DataKey, referral: string, words: string): Buffer => seal(key, words, place(referral))
export const openFeedback = (key: DataKey, referral: string, sealed: Uint8Array): string =>
  openText(key, sealed, place(referral))
