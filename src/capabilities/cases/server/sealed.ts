import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'
import type { Compartment } from '#platform/policy/compartments.ts'

/** Where the cases slice keeps sealed values. */
export const places = {
  identity: { table: 'cases.identity', column: 'sealed', compartment: 'ID' },
  conflict: { table: 'cases.identity_conflict', column: 'sealed', compartment: 'ID' },
  location: { table: 'cases.location', column: 'sealed', compartment: 'LOC' },
  note: { table: 'cases.note', column: 'sealed', compartment: 'SVC' },
  // The unit's own words, readable to the unit also where the person did not share who they are; the row is fenced to it.
  reasons: { table: 'cases.decision', column: 'sealed_reasons', compartment: 'STA' },
  grounds: { table: 'cases.decision', column: 'sealed_grounds', compartment: 'STA' },
  step: { table: 'cases.step', column: 'sealed_reasons', compartment: 'STA' },
} as const satisfies Record<string, { table: string; column: string; compartment: Compartment }>
type PlaceName = keyof typeof places

export const sealAt = (key: DataKey, name: PlaceName, row: string, text: string): Buffer =>
  seal(key, text, { ...places[name], row, version: 1 })
export const openAt = (key: DataKey, name: PlaceName, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...places[name], row, version: 1 })
