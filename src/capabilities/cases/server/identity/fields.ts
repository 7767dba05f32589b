import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import type { Field, FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import type { Identity, IdentityName } from '../../contract.ts'
import { identityNames } from '../../contract.ts'
import type { KeyOf } from '../folder.ts'
import { openAt, sealAt } from '../sealed.ts'
import { type ConflictRow, findIdentity, type IdentityRow } from './store.ts'

/** Who made the case and when: what was never edited is theirs. */
export interface Maker {
  readonly id: string
  readonly made_by: string
  readonly made_at: Date
}

/**
 * Each field with its value, version, writer and time. What was sealed as plain values counts as written with the case,
 * by who made it, as version `v<version of the whole>`.
 */
export function openFields(key: DataKey, { id, made_by, made_at }: Maker, row: IdentityRow): Fields {
  const opened: { fields: Fields } | Identity = JSON.parse(openAt(key, 'identity', id, row.sealed))
  if ('fields' in opened) return opened.fields
  const written = { version: `v${row.version}`, by: made_by, at: made_at.toISOString() }
  return Object.fromEntries(Object.entries(opened).map(([name, value]) => [name, { value, ...written }]))
}
export const sealFields = (key: DataKey, id: string, fields: Fields): Buffer =>
  sealAt(key, 'identity', id, JSON.stringify({ fields }))

/** The values that stand; one that was emptied is absent. */
export const valuesOf = (fields: Fields): Identity =>
  Object.fromEntries(
    identityNames.flatMap(name => {
      const value = fields[name]?.value ?? null
      return value === null ? [] : [[name, value]]
    }),
  )

/** The values of a sealed identity, whichever way it was sealed. */
export function openIdentityRow(key: DataKey, caseId: string, sealed: Uint8Array): Identity {
  const opened: { fields: Fields } | Identity = JSON.parse(openAt(key, 'identity', caseId, sealed))
  return 'fields' in opened ? valuesOf(opened.fields) : opened
}

/** Who the person is, for a slice above whose own decision releases compartment ID. Undefined where the fence hides it. */
export async function openIdentity(
  read: Read,
  caseId: string,
  slot: number,
  key: KeyOf,
): Promise<Identity | undefined> {
  const row = await findIdentity(read, caseId)
  return row ? openIdentityRow(key(caseId, slot, 'ID'), caseId, row.sealed) : undefined
}

/** What is kept of a conflict: what came late. What stands is read where it stands. */
export interface Late {
  readonly field: IdentityName
  readonly came: Field
  readonly base: FieldEdit['base']
}
export interface OpenConflict extends Late {
  readonly row: ConflictRow
}
export const sealLate = (key: DataKey, id: string, late: Late): Buffer =>
  sealAt(key, 'conflict', id, JSON.stringify({ field: late.field, came: late.came, base: late.base }))
export const openLate = (key: DataKey, row: ConflictRow): OpenConflict => ({
  ...(JSON.parse(openAt(key, 'conflict', row.id, row.sealed!)) as Late),
  row,
})
