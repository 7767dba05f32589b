import type { Json } from './parcel-format.ts'

/**
 * One field of a record. Its version is the id of the command that wrote it (or any other text that is never used
 * twice), so that a phone knows the version its own change will make before the server has seen it.
 */
export interface Field {
  readonly value: Json
  readonly version: string
  /** UUID of the account that wrote it. */
  readonly by: string
  /** ISO 8601. */
  readonly at: string
}
export type Fields = Readonly<Record<string, Field>>

/** A change of one field and the version it was made on; `null` where there was no value yet. */
export interface FieldEdit {
  readonly field: string
  readonly value: Json
  readonly base: string | null
}

/** Who made the edits, when, and the id of their command. */
export interface EditMaker {
  readonly version: string
  readonly by: string
  readonly at: string
}

/** Two values of one field, neither of which has won. */
export interface FieldConflict {
  readonly field: string
  readonly base: string | null
  readonly mine: Field
  readonly theirs: Field | null
}

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The fields after these edits. A field that moved on since the edit's base is left as it is and becomes a conflict,
 * unless both say the same.
 */
export function applyEdits(
  fields: Fields,
  edits: readonly FieldEdit[],
  maker: EditMaker,
): { fields: Fields; conflicts: FieldConflict[] } {
  const after = new Map(Object.entries(fields))
  const conflicts: FieldConflict[] = []
  for (const { field, value, base } of edits) {
    const mine: Field = { value, ...maker }
    const now = after.get(field)
    if ((now?.version ?? null) === base) after.set(field, mine)
    else if (!now || !same(now.value, value)) conflicts.push({ field, base, mine, theirs: now ?? null })
  }
  return { fields: Object.fromEntries(after), conflicts }
}
