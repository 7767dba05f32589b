import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

// Why somebody said so: the unit's own words, under the key for STA of the first case of a match or link and of the leading
// case of a merge. They are gone when one of the two cases is erased.
const places = {
  judgement: { table: 'matching.judgement', column: 'sealed' },
  merge: { table: 'matching.merge', column: 'sealed' },
  undo: { table: 'matching.merge', column: 'sealed_undo' },
  link: { table: 'matching.link', column: 'sealed' },
  unlink: { table: 'matching.link', column: 'sealed_end' },
} as const
type PlaceName = keyof typeof places

export const sealWords = (key: DataKey, place: PlaceName, row: string, words: string): Buffer =>
  seal(key, words, { ...places[place], compartment: 'STA', row, version: 1 })
export const openWords = (key: DataKey, place: PlaceName, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...places[place], compartment: 'STA', row, version: 1 })
