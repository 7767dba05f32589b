import type { Keys } from '../crypto/keys.ts'
import { openText, seal, sealedVersion } from '../crypto/seal.ts'

/** What a page without a session carries from step to step, in a hidden field: who holds it can do nothing but take this step. */
export interface Carried {
  readonly token: string
  readonly step: number
}
const placeOf = (slice: string) => ({
  table: `${slice}.visit`,
  row: 'page',
  column: 'field',
  compartment: 'STA',
  version: 1,
})

/** Sealed by the server for the pages of one slice, base64url: nothing of it can be read or changed on the way. */
export const carry = (keys: Keys, slice: string, carried: Carried): string =>
  seal(keys.platformKey(`${slice}.field`), JSON.stringify(carried), placeOf(slice)).toString('base64url')

/** Undefined for whatever the server did not seal itself for that slice. */
export function readCarried(keys: Keys, slice: string, field: string): Carried | undefined {
  if (!/^[A-Za-z0-9_-]{60,400}$/.test(field)) return undefined
  try {
    const sealed = Buffer.from(field, 'base64url')
    // Two spellings of the same bytes would be two fields.
    if (sealed.toString('base64url') !== field) return undefined
    return JSON.parse(
      openText(keys.platformKey(`${slice}.field`, sealedVersion(sealed)), sealed, placeOf(slice)),
    ) as Carried
  } catch {
    return undefined
  }
}
