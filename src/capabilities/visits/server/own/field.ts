import type { Keys } from '#platform/crypto/keys.ts'
import { openText, seal, sealedVersion } from '#platform/crypto/seal.ts'

/** What a page of a visit carries from step to step, in a hidden field: who holds it can do nothing but take this step. */
export interface Carried {
  readonly token: string
  readonly step: number
}
const place = { table: 'visits.visit', row: 'page', column: 'field', compartment: 'STA', version: 1 }
const name = 'visits.field'

/** Sealed by the server, base64url: nothing of it can be read or changed on the way. */
export const fieldOf = (keys: Keys, carried: Carried): string =>
  seal(keys.platformKey(name), JSON.stringify(carried), place).toString('base64url')

/** Undefined for whatever the server did not seal itself. */
export function readField(keys: Keys, field: string): Carried | undefined {
  if (!/^[A-Za-z0-9_-]{60,400}$/.test(field)) return undefined
  try {
    const sealed = Buffer.from(field, 'base64url')
    // Two spellings of the same bytes would be two fields.
    if (sealed.toString('base64url') !== field) return undefined
    return JSON.parse(openText(keys.platformKey(name, sealedVersion(sealed)), sealed, place)) as Carried
  } catch {
    return undefined
  }
}
