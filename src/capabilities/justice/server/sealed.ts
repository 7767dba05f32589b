import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'

// Leads under keys of their own for INV; what the unit writes of a court or an emergency under the case's key for STA, which
// the decision of whom it names releases too.
const places = {
  content: { table: 'justice.lead_content', column: 'sealed', compartment: 'INV' },
  source: { table: 'justice.lead_source', column: 'sealed', compartment: 'INV' },
  note: { table: 'justice.lead_note', column: 'sealed', compartment: 'INV' },
  order: { table: 'justice.court_order', column: 'sealed', compartment: 'STA' },
  interest: { table: 'justice.vital_interest', column: 'sealed', compartment: 'STA' },
  receipt: { table: 'justice.receipt', column: 'sealed', compartment: 'STA' },
} as const
type PlaceName = keyof typeof places

export const sealAt = (key: DataKey, place: PlaceName, row: string, text: string): Buffer =>
  seal(key, text, { ...places[place], row, version: 1 })
export const openAt = (key: DataKey, place: PlaceName, row: string, sealed: Uint8Array): string =>
  openText(key, sealed, { ...places[place], row, version: 1 })

/** What a lead says, but for its source. */
export interface LeadContent {
  readonly title: string
  readonly content: string
  readonly conditions?: string | undefined
  readonly case?: string | undefined
}
/** What names an order. */
export interface OrderWords {
  readonly court: string
  readonly number: string
}
export const openContent = (key: DataKey, row: string, sealed: Uint8Array): LeadContent =>
  JSON.parse(openAt(key, 'content', row, sealed))
export const openOrder = (key: DataKey, place: 'order' | 'receipt', row: string, sealed: Uint8Array): OrderWords =>
  JSON.parse(openAt(key, place, row, sealed))
