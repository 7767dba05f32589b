import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

const place = (row: string) =>
  ({ table: 'referrals.whereabouts', column: 'sealed', compartment: 'LOC', row, version: 1 }) as const

export const sealWhere = (key: DataKey, row: string, words: string): Buffer => seal(key, words, place(row))
export const openWhere = (key: DataKey, row: string, sealed: Uint8Array): string => openText(key, sealed, place(row))
