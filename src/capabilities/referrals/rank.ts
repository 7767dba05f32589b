import type { PlaceKind } from '#capabilities/directory/contract.ts'

/** What a person needs of a service, as far as it is known. */
export interface Need {
  readonly place?: PlaceKind | undefined
  readonly language?: string | undefined
  /** The code of the place where help is looked for. */
  readonly area?: string | undefined
  /** The youngest and the oldest that the person may be, in whole years. */
  readonly ages?: readonly [number, number] | undefined
  readonly sex?: string | undefined
  readonly nationality?: string | undefined
  readonly urgent: boolean
  /** Organisations that the person agreed to. */
  readonly agreed: ReadonlySet<string>
  /** Organisations that were asked for this help already. */
  readonly asked?: ReadonlySet<string> | undefined
}
/** What is measured of a service. */
export interface Measured {
  readonly id: string
  readonly organisation: { readonly id: string; readonly name: string }
  readonly area: string | null
  readonly languages: readonly string[]
  readonly sexes: readonly string[]
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly nationalities: readonly string[]
  readonly open: boolean | null
  /** Somebody there is on call now. */
  readonly onCall?: boolean
  readonly places: readonly { readonly kind: string; readonly free: number }[]
}
/** Why a service stands where it stands; each has words under `referral.why.<code>`. */
export const whys = [
  'asked',
  'not-for-age',
  'not-for-sex',
  'not-for-nationality',
  'eligible',
  'agreed',
  'not-agreed',
  'place-free',
  'no-place',
  'near',
  'elsewhere',
  'language',
  'other-language',
  'open',
  'closed',
  'on-call',
  'quick',
  'slow',
] as const
export type Why = (typeof whys)[number]
export interface Ranked<S> {
  readonly service: S
  readonly why: readonly Why[]
}
export interface Weighed<S> extends Ranked<S> {
  readonly worth: number
}

const weights: Readonly<Record<Why, number>> = {
  // Who is not for the person comes after everybody who is, whatever else speaks for them.
  'not-for-age': -64,
  'not-for-sex': -64,
  'not-for-nationality': -64,
  asked: -32,
  agreed: 8,
  'not-agreed': -8,
  'place-free': 6,
  'no-place': -6,
  language: 3,
  'other-language': -2,
  eligible: 2,
  near: 2,
  elsewhere: -2,
  open: 1,
  closed: -1,
  'on-call': 0.9,
  // Together less than any other reason: between equals alone.
  quick: 0.4,
  slow: -0.4,
}
/** Whether the person is one whom the service is for, as far as both are known. */
function whetherFor(service: Measured, { ages, sex, nationality }: Need): Why[] {
  const { minAge, maxAge, sexes, nationalities } = service
  const told: (readonly [Why, boolean])[] = []
  if (ages && (minAge !== null || maxAge !== null))
    told.push(['not-for-age', ages[1] >= (minAge ?? 0) && ages[0] <= (maxAge ?? Number.POSITIVE_INFINITY)])
  if (sex && sexes.length > 0) told.push(['not-for-sex', sexes.includes(sex)])
  if (nationality && nationalities.length > 0) told.push(['not-for-nationality', nationalities.includes(nationality)])
  const against = told.flatMap(([why, fits]) => (fits ? [] : [why]))
  return against.length > 0 ? against : told.length > 0 ? ['eligible'] : []
}
/** What speaks for and against a service; what nobody said speaks neither way. */
function whyOf(service: Measured, need: Need): Why[] {
  const { organisation } = service
  const why: Why[] = need.asked?.has(organisation.id) ? ['asked'] : []
  why.push(...whetherFor(service, need), need.agreed.has(organisation.id) ? 'agreed' : 'not-agreed')
  if (need.place && service.places.length > 0) {
    const fits = service.places.filter(one => one.kind === need.place || one.kind === 'anybody')
    why.push(fits.some(one => one.free > 0) ? 'place-free' : 'no-place')
  }
  if (need.area && service.area !== null) why.push(service.area === need.area ? 'near' : 'elsewhere')
  if (need.language && service.languages.length > 0)
    why.push(service.languages.includes(need.language) ? 'language' : 'other-language')
  if (service.open === false && service.onCall) why.push('on-call')
  else if (service.open !== null) why.push(service.open ? 'open' : 'closed')
  return why
}
const hasToDoWithNow: ReadonlySet<Why> = new Set(['open', 'closed', 'on-call'])
/** Whether somebody there hears of an emergency now; where nobody said when they are open, that is asked of them. */
export const isReached = ({ open, onCall }: Pick<Measured, 'open' | 'onCall'>): boolean =>
  open !== false || onCall === true

/**
 * The best first, with the reasons; of two that are alike the first by name. In a hurry, being open counts for more than a place.
 * @param quick whether an organisation usually answers in time; undefined: not known
 */
export function ranked<S extends Measured>(
  services: readonly S[],
  need: Need,
  quick: (organisation: string) => boolean | undefined = () => undefined,
): Weighed<S>[] {
  const worth = (why: readonly Why[]) =>
    why.reduce((sum, one) => sum + weights[one] * (need.urgent && hasToDoWithNow.has(one) ? 8 : 1), 0)
  return services
    .map(service => {
      const answers = quick(service.organisation.id)
      const why = whyOf(service, need)
      if (answers !== undefined) why.push(answers ? 'quick' : 'slow')
      return { service, why, worth: worth(why) }
    })
    .sort((a, b) => b.worth - a.worth || byName.compare(nameOf(a), nameOf(b)) || (a.service.id < b.service.id ? -1 : 1))
}
const nameOf = ({ service }: { service: Measured }) => service.organisation.name
const byName = new Intl.Collator()
