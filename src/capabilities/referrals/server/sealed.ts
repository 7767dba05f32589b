import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

type Column = 'sealed_message' | 'sealed_answer'
// Words between the two organisations: both hold compartment STA, whatever else was shared.
const place = (column: Column, referral: string) =>
  ({ table: 'referrals.referral', column, compartment: 'STA', row: referral, version: 1 }) as const

export const sealWords = (key: DataKey, column: Column, referral: string, words: string): Buffer =>
  seal(key, words, place(column, referral))
export const openWords = (key: DataKey, column: Column, referral: string, sealed: Uint8Array): string =>
  openText(key, sealed, place(column, referral))
