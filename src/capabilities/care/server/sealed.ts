import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'
import type { Compartment } from '#platform/policy/compartments.ts'

/** Where the care keeps sealed values. */
const places = {
  assessment: { table: 'care.assessment', column: 'sealed', compartment: 'SVC' },
  safety: { table: 'care.safety_plan', column: 'sealed', compartment: 'SVC' },
  codeWord: { table: 'care.code_word', column: 'sealed', compartment: 'SVC' },
  plan: { table: 'care.plan', column: 'sealed', compartment: 'SVC' },
  action: { table: 'care.action', column: 'sealed', compartment: 'SVC' },
  delivery: { table: 'care.delivery', column: 'sealed_note', compartment: 'SVC' },
  followUp: { table: 'care.follow_up', column: 'sealed_note', compartment: 'SVC' },
  interest: { table: 'care.best_interest', column: 'sealed', compartment: 'SVC' },
  guardian: { table: 'care.guardian', column: 'sealed', compartment: 'SVC' },
  // The unit's own words about ending the case, readable to who approves it; the row is fenced to the unit.
  closure: { table: 'care.closure', column: 'sealed_reasons', compartment: 'STA' },
  reopening: { table: 'care.closure', column: 'sealed_reopening', compartment: 'STA' },
} as const satisfies Record<string, { table: string; column: string; compartment: Compartment }>
export type PlaceName = keyof typeof places

type KeyOf = (caseId: string, slot: number, compartment: Compartment) => DataKey
/** Seals and opens what belongs to one case, each thing with the key of its own compartment. */
export interface Box {
  readonly seal: (name: PlaceName, row: string, value: unknown) => Buffer
  readonly open: <T>(name: PlaceName, row: string, sealed: Uint8Array) => T
}
export const boxOf = (key: KeyOf, { id, key_slot }: { readonly id: string; readonly key_slot: number }): Box => ({
  seal: (name, row, value) =>
    seal(key(id, key_slot, places[name].compartment), JSON.stringify(value), { ...places[name], row, version: 1 }),
  open: (name, row, sealed) =>
    JSON.parse(openText(key(id, key_slot, places[name].compartment), sealed, { ...places[name], row, version: 1 })),
})
