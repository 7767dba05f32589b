import { todayIn } from '#platform/clocks/today.ts'
import { requireNone } from '#platform/contract/shapes-said.ts'
import type { Services } from '#platform/http/services.ts'
import { isChild, wrongBirth } from '../age.ts'
import type { Identity } from '../contract.ts'

/**
 * @param field the place of the day of birth in the body
 * @throws Problem invalid-input when it cannot be one
 */
export function requireBirth(services: Services, country: string, birthDate: string, now: Date, field: string): void {
  const wrong = wrongBirth(birthDate, todayIn(services, country, now))
  requireNone(wrong ? [{ field, code: wrong }] : [])
}

/** Whether who the person says they are makes them a child by the country's age, on the country's own day. */
export const isChildNow = (services: Services, country: string, identity: Identity, now: Date): boolean =>
  isChild(identity, todayIn(services, country, now), services.packs.get(country)?.childUnder.value ?? 18)

/**
 * The same for an identity that comes as a whole.
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
  if (identity.birthDate !== undefined) requireBirth(services, country, identity.birthDate, now, `${field}birthDate`)
  return isChildNow(services, country, identity, now)
}
