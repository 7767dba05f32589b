import type { OfferedService, PlaceKind } from '#capabilities/directory/contract.ts'

/** What a person needs of a service, as far as it was said. */
export interface Need {
  readonly place?: PlaceKind | undefined
  readonly language?: string | undefined
  readonly urgent: boolean
  /** Organisations that the person agreed to. */
  readonly agreed: ReadonlySet<string>
}
/** Why a service stands where it stands; each has words under `referral.why.<code>`. */
export type Why =
  | 'agreed'
  | 'not-agreed'
  | 'place-free'
  | 'no-place'
  | 'open'
  | 'closed'
  | 'language'
  | 'other-language'
export interface Ranked {
  readonly service: OfferedService
  readonly why: readonly Why[]
}

const weights: Readonly<Record<Why, number>> = {
  agreed: 8,
  'not-agreed': -8,
  'place-free': 6,
  'no-place': -6,
  language: 3,
  'other-language': -2,
  open: 1,
  closed: -1,
}
/** What speaks for and against a service; what nobody said speaks neither way. */
function whyOf(service: OfferedService, need: Need): Why[] {
  const why: Why[] = [need.agreed.has(service.organisation.id) ? 'agreed' : 'not-agreed']
  if (need.place && service.places.length > 0) {
    const fits = service.places.filter(one => one.kind === need.place || one.kind === 'anybody')
    why.push(fits.some(one => one.free > 0) ? 'place-free' : 'no-place')
  }
  if (need.language && service.languages.length > 0)
    why.push(service.languages.includes(need.language) ? 'language' : 'other-language')
  if (service.open !== null) why.push(service.open ? 'open' : 'closed')
  return why
}
/** The best first, with the reasons; of two that are alike the first by name. In a hurry, being open counts for as much as a place. */
export function ranked(services: readonly OfferedService[], need: Need): Ranked[] {
  const worth = (why: readonly Why[]) =>
    why.reduce((sum, one) => sum + weights[one] * (need.urgent && (one === 'open' || one === 'closed') ? 8 : 1), 0)
  return services
    .map(service => ({ service, why: whyOf(service, need) }))
    .sort(
      (a, b) =>
        worth(b.why) - worth(a.why) ||
        a.service.organisation.name.localeCompare(b.service.organisation.name) ||
        (a.service.id < b.service.id ? -1 : 1),
    )
}
