import { localDay } from '#platform/clocks/zone.ts'
import { requireNone } from '#platform/contract/shapes-said.ts'
import type { Services } from '#platform/http/services.ts'
import { isChild, wrongBirth } from '../age.ts'
import type { Identity } from '../contract.ts'

/**
 * Whether who the person says they are makes them a child by the country's age, on the country's own day.
 * @param field the place of the identity in the body, with a dot behind it
 * @throws Problem invalid-input when the day of birth cannot be one
 */
export function identityOfChild(
  services: Services,
  country: string,
  identity: Identity,
  now: Date,
  field = '',
): boolean {
  const pack = services.packs.get(country)
  const day = localDay(pack?.timeZone.value ?? 'UTC', now.getTime())
  const today = new Date(day * 86_400_000).toISOString().slice(0, 10)
  const wrong = identity.birthDate === undefined ? undefined : wrongBirth(identity.birthDate, today)
  requireNone(wrong ? [{ field: `${field}birthDate`, code: wrong }] : [])
  return isChild(identity, today, pack?.childUnder.value ?? 18)
}
