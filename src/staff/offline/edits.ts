import { applyEdits, type FieldConflict, type FieldEdit, type Fields } from '#platform/sync/field-edits.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import type { Rows } from './rows.ts'

/** A change of fields that this phone made and the server has not shown yet. */
export interface PendingEdit {
  /** The command's id, which becomes the version of what it writes. */
  readonly key: string
  readonly edits: readonly FieldEdit[]
  /** UUID of the account. */
  readonly by: string
  readonly at: string
}

/** A record as its officer sees it: the server's fields with the own changes on top, in order. */
export interface Overlaid {
  readonly fields: Fields
  /** Where somebody else's value came in between: to be shown now, the server will say the same. */
  readonly foreseen: readonly FieldConflict[]
}
export function overlay(fields: Fields, pending: readonly PendingEdit[]): Overlaid {
  let seen = fields
  const foreseen: FieldConflict[] = []
  for (const { key, edits, by, at } of pending) {
    // What the server has done already is in its fields.
    const open = edits.filter(one => fields[one.field]?.version !== key)
    const next = applyEdits(seen, open, { version: key, by, at })
    seen = next.fields
    foreseen.push(...next.conflicts)
  }
  return { fields: seen, foreseen }
}

/** What a change of these values is made on: for the body of a command. Values that stay as they are are left out. */
export const editsOf = (seen: Fields, values: Readonly<Record<string, Json>>): FieldEdit[] =>
  Object.entries(values)
    .filter(([field, value]) => JSON.stringify(seen[field]?.value) !== JSON.stringify(value))
    .map(([field, value]) => ({ field, value, base: seen[field]?.version ?? null }))

/** A conflict as the server keeps it until a person settles it. */
export interface Conflict extends FieldConflict {
  readonly id: string
  /** UUID of the record. */
  readonly record: string
}
export const conflictKind = 'conflict'

/** Every conflict that waits for a person. They come and go by the pull, so that every phone sees the same. */
export const conflicts = async (rows: Rows): Promise<Conflict[]> =>
  (await rows.list<Omit<Conflict, 'id'>>(conflictKind))
    .map(({ id, value }) => ({ ...value, id }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** How a person settles one: their choice is a change made on the value that stands, whichever that is by then. */
export const settling = (conflict: Conflict, value: Json): FieldEdit => ({
  field: conflict.field,
  value,
  base: conflict.theirs?.version ?? null,
})
