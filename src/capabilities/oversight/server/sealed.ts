import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

// Why somebody did something with a case, and what a second person says to it: under the case's key for STA, which the
// data-protection officer's own decision releases for these words alone. They go when the case's key is erased.
const places = {
  glass: { table: 'oversight.break_glass', column: 'sealed_text' },
  review: { table: 'oversight.break_glass', column: 'sealed_review' },
  erasure: { table: 'oversight.erasure', column: 'sealed_text' },
  sealing: { table: 'oversight.sealing', column: 'sealed_text' },
} as const
type PlaceName = keyof typeof places

export const sealWords = (key: DataKey, place: PlaceName, row: string, words: string): Buffer =>
  seal(key, words, { ...places[place], compartment: 'STA', row, version: 1 })
export const openWords = (key: DataKey, place: PlaceName, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...places[place], compartment: 'STA', row, version: 1 })
