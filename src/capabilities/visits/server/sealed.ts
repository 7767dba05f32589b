import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

const place = { table: 'visits.question', compartment: 'SVC', version: 1 }
type Column = 'sealed' | 'sealed_answer'

/** What was asked and answered, under the case's key for SVC. */
export const sealWords = (key: DataKey, column: Column, row: string, words: string): Buffer =>
  seal(key, words, { ...place, column, row })
export const openWords = (key: DataKey, column: Column, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...place, column, row })
