import { namesOf } from '#platform/auth/server/accounts/store.ts'
import type { Read } from '#platform/db/context.ts'
import type { Field } from '#platform/sync/field-edits.ts'
import type { FieldSaid } from '../../contract-identity.ts'

/** A value as it is answered: with the name of who wrote it. */
export async function saidBy(read: Read, fields: readonly Field[]): Promise<(field: Field) => FieldSaid> {
  const names = await namesOf(
    read,
    fields.map(one => one.by),
  )
  return ({ value, version, by, at }) => ({
    value: value as FieldSaid['value'],
    version,
    by,
    byName: names.get(by) ?? null,
    at,
  })
}
