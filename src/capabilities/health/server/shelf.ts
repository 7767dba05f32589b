import type { DataKey, Keys } from '#platform/crypto/keys.ts'
import { shown } from '#platform/files/server/attached/attached.ts'
import type { Shelf } from '#platform/files/server/attached/sealed.ts'
import type { HealthFile } from '../contract.ts'
import type { FileRow } from './store.ts'

export const shelf: Shelf = { table: 'health.file', compartment: 'HLT' }

/**
 * What of a file a reader may save. A picture as it was taken may say where that was, and health opens no place: it is for
 * the organisation that added it, and everybody else saves the clean copy, where one could be drawn.
 */
export function copiesFor(row: FileRow, organisation: string | undefined): HealthFile['copies'] {
  if (row.original_file === null) return []
  const clean = row.clean_file === null ? [] : (['clean'] as const)
  if (row.organisation_id === organisation) return ['original', ...clean]
  return clean.length > 0 || row.kind === 'heic' ? [...clean] : ['original']
}

export async function fileShown(
  keys: Keys,
  key: DataKey,
  row: FileRow,
  organisation: string | undefined,
): Promise<HealthFile> {
  return { id: row.id, ...(await shown(shelf, keys, key, row)), copies: copiesFor(row, organisation) }
}
