import type { Keys } from '#platform/crypto/keys.ts'
import { shown } from '#platform/files/server/attached/attached.ts'
import type { Shelf } from '#platform/files/server/attached/sealed.ts'
import type { LeadFile } from '../../contract-leads.ts'
import type { LeadRow, ListedFile } from '../store.ts'
import type { KeyOf } from './lead.ts'

export const shelf: Shelf = { table: 'justice.lead_file', compartment: 'INV' }

/** The files of a lead, for whoever reads what it says. */
export async function filesOf(rows: readonly ListedFile[], lead: LeadRow, keys: Keys, key: KeyOf) {
  const opening = key(lead.id, lead.key_slot, 'INV')
  const toFile = async (one: ListedFile): Promise<LeadFile> => ({
    id: one.id,
    at: one.at.toISOString(),
    by: one.by_name ?? '',
    ...(await shown(shelf, keys, opening, one)),
  })
  return Promise.all(rows.map(toFile))
}
