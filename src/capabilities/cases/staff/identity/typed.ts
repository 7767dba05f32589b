import type { Fields } from '#platform/sync/field-edits.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { type IdentityName, identityNames } from '../../contract.ts'

/** Every field as it is typed: nothing known is the empty text. */
export type Typed = Readonly<Record<IdentityName, string>>

export const typedOf = (value: Json | undefined): string =>
  value === null || value === undefined ? '' : String(value as string | number)
export const allTyped = (fields: Fields): Typed =>
  Object.fromEntries(identityNames.map(name => [name, typedOf(fields[name]?.value)])) as Typed

/** What was typed as the value that is kept; left empty is null. */
export function valueFrom(name: IdentityName, typed: string): string | number | null {
  const text = typed.trim().normalize('NFC')
  if (text === '') return null
  return name === 'age' ? Number(text) : text
}

/** The values that differ from what stands. */
export const changesIn = (fields: Fields, typed: Typed): Record<string, string | number | null> =>
  Object.fromEntries(
    identityNames
      .map(name => [name, valueFrom(name, typed[name])] as const)
      .filter(([name, value]) => value !== (fields[name]?.value ?? null)),
  )
