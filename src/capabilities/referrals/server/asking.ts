import { addToTimeline, type caseFacts } from '#capabilities/cases/server/index.ts'
import { agreedFor, findLiveConsent } from '#capabilities/consent/server/index.ts'
import type { Opening, PlaceKind, ServiceKind } from '#capabilities/directory/contract.ts'
import {
  findOrganisation,
  findService,
  listOnCallNow,
  offersOf,
  openingOf,
} from '#capabilities/directory/server/index.ts'
import { due, isOpen, type WorkCalendar, warnsAt } from '#platform/clocks/clock.ts'
import { type CountryPack, calendarOf, findResponse } from '#platform/country/pack.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { lockConsent, share } from '#platform/policy/access.ts'
import { bit, type Compartment, maskOf } from '#platform/policy/compartments.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import * as store from './store.ts'

// What asking one organisation and asking several have in common.

/** What is asked, whoever is asked. */
export interface Asking {
  readonly case: string
  readonly kind: 'identification' | 'service'
  readonly service?: ServiceKind | undefined
  readonly urgency: Urgency
  readonly consent: string
  readonly share: readonly Compartment[]
}
/** Who is asked; `id` becomes the referral's. */
export interface Whom {
  readonly id: string
  readonly organisation: string
  readonly offer?: string | undefined
  readonly place?: PlaceKind | undefined
}
export type CaseFactsLoaded = Awaited<ReturnType<typeof caseFacts>>

const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])

/**
 * The consent that this rests on, kept from ending until the transaction ends, and the mask of what is shared.
 * @throws Problem invalid-input `consent` or `share`, where the person did not agree or who asks has it not to give
 */
export async function requireAgreed(tx: Tx, facts: CaseFactsLoaded, asking: Asking, recipients: readonly string[]) {
  const [, consent] = await Promise.all([
    lockConsent(tx, asking.consent, 'to-share'),
    findLiveConsent(tx, asking.case, asking.consent),
  ])
  if (!consent) throw wrong('consent', 'no-consent')
  // Help and identification are agreed to each for itself.
  if (!consent.purposes.includes(asking.kind === 'service' ? 'services' : 'identification'))
    throw wrong('consent', 'not-agreed')
  // What was told is for those who decide, and where somebody is for nobody else; who gives a service is told who comes.
  const passes = (facts.access?.passes ?? 0) & (asking.kind === 'service' ? maskOf(['ID', 'STA']) : -1)
  const closed = asking.share.findIndex(one => (passes & bit[one]) === 0)
  if (closed >= 0) throw wrong(`share.${closed}`, 'not-offered')
  const shared = maskOf([...asking.share, 'STA'])
  if (recipients.some(one => (agreedFor(consent, one) & shared) !== shared)) throw wrong('share', 'not-agreed')
  return { consent, shared }
}
export type Agreed = Awaited<ReturnType<typeof requireAgreed>>

/** @throws Problem invalid-input at `field` */
export async function requireRecipient(read: Read, to: string, kind: string, own: string, field = 'to'): Promise<void> {
  const organisation = await findOrganisation(read, to)
  if (!organisation?.active || (kind === 'identification' && (!organisation.competent || to === own)))
    throw wrong(field, 'not-offered')
}

/** A service of the directory that is what is asked of whom. @throws Problem invalid-input at `field` */
export async function requireOffer(
  read: Read,
  { organisation, offer }: Pick<Whom, 'organisation' | 'offer'>,
  service: string | undefined,
  field = 'offer',
) {
  if (offer === undefined) return undefined
  const found = await findService(read, offer)
  if (!found?.active || found.organisation_id !== organisation || found.kind !== service)
    throw wrong(field, 'not-offered')
  return found
}
/**
 * An emergency is asked of who hears of it now: the service that is named, or, where none is, any of that kind there. Whoever said
 * no hours of any may hear.
 * @throws Problem invalid-input at the field of the service, or of the organisation where no service was named
 */
export async function requireReached(
  read: Read,
  { organisation, service, offer }: { organisation: string; service: string; offer: Offer },
  { urgency, now, pack }: { urgency: Urgency; now: Date; pack: CountryPack },
  fields: { readonly offer: string; readonly organisation: string },
): Promise<void> {
  if (urgency !== 'emergency') return
  if (hearNow(offer ? [offer] : await offersOf(read, organisation, service), pack, now)) return
  if (!(await listOnCallNow(read, now)).has(organisation))
    throw wrong(offer ? fields.offer : fields.organisation, 'closed-now')
}
/** Whether one of these is open now; whoever said no hours of any may be. */
export const hearNow = (
  these: readonly { readonly hours: unknown; readonly open_on_holidays: boolean }[],
  pack: CountryPack,
  now: Date,
): boolean => these.length === 0 || these.some(one => !one.hours || isOpen(hoursOf(one, pack), now))
export type Offer = Awaited<ReturnType<typeof requireOffer>>

/** A service with hours of its own answers within those. */
export const hoursOf = (
  offer: { hours: unknown; open_on_holidays: boolean | null } | undefined,
  pack: CountryPack,
): WorkCalendar =>
  offer?.hours ? openingOf(offer.hours as readonly Opening[], offer.open_on_holidays === true, pack) : calendarOf(pack)

/**
 * The response clock of the country pack for an urgency, in the recipient's own hours; a pack without one gives a day in real
 * time. It runs out for good after twice that, and whoever was asked is reminded of it at the
 * shares of it that the pack names.
 */
export function responseSpan(pack: CountryPack, urgency: Urgency, start: Date, calendar: WorkCalendar) {
  const { amount, unit } = findResponse(pack, urgency) ?? { amount: 24, unit: 'hours' as const }
  const span = { start, amount, unit }
  const dueAt = due(calendar, span)
  return {
    dueAt,
    warnAt: warnsAt(calendar, span) ?? dueAt,
    expiresAt: due(calendar, { ...span, amount: amount * 2 }),
    remindAt: (pack.referralReminders?.value ?? []).flatMap(share => warnsAt(calendar, span, share) ?? []),
  }
}

/** Asks one organisation: the referral, what it shares and the line in the history leave in one turn. @returns when it is due */
export async function ask(
  { tx, actor, services, now }: { tx: Tx; actor: Actor; services: Services; now: Date },
  asking: Asking,
  whom: Whom,
  { consent, shared }: Agreed,
  { offer, message, round }: { offer: Offer; message: Buffer | null; round?: string },
  beside: (dueAt: Date) => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const pack = services.packs.get(actor.country)!
  const { warnAt, dueAt, expiresAt, remindAt } = responseSpan(pack, asking.urgency, now, hoursOf(offer, pack))
  const { kind, urgency } = asking
  await Promise.all([
    share(tx, {
      organisation: whom.organisation,
      caseId: asking.case,
      compartments: shared,
      identification: kind === 'identification',
      referral: whom.id,
      consent: consent.id,
      until: consent.expires_at,
    }),
    store.insert(tx, {
      id: whom.id,
      case_id: asking.case,
      country: actor.country,
      kind,
      service: asking.service ?? null,
      offer_id: whom.offer ?? null,
      place: whom.place ?? null,
      expires_at: kind === 'service' ? expiresAt : null,
      from_organisation: actor.organisation,
      from_account: actor.user,
      to_organisation: whom.organisation,
      urgency,
      status: 'sent',
      consent_id: consent.id,
      shared,
      sealed_message: message,
      due_at: dueAt,
      warn_at: warnAt,
      remind_at: remindAt,
      sent_at: now,
      ...(round === undefined ? {} : { round_id: round }),
    }),
    beside(dueAt),
    addToTimeline(tx, actor, asking.case, 'referral.sent', { kind, to: whom.organisation, urgency }),
  ])
}
