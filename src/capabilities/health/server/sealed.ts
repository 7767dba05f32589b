import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

const place = { table: 'health.note', column: 'sealed', compartment: 'HLT', version: 1 } as const

/** Seals a note's words with the case's key for HLT. */
export const sealNote = (key: DataKey, row: string, text: string): Buffer => seal(key, text, { ...place, row })
export const openNote = (key: DataKey, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...place, row })
