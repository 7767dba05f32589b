import { addToTimeline, caseFacts, markPending } from '#capabilities/cases/server/index.ts'
import { agreedFor, findLiveConsent } from '#capabilities/consent/server/index.ts'
import type { Opening } from '#capabilities/directory/contract.ts'
import { findOrganisation, findService, openingOf } from '#capabilities/directory/server/index.ts'
import { due, type WorkCalendar, warnsAt } from '#platform/clocks/clock.ts'
import { type CountryPack, calendarOf, findResponse } from '#platform/country/pack.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { lockConsent, share } from '#platform/policy/access.ts'
import { bit, maskOf } from '#platform/policy/compartments.ts'
import { Problem } from '#platform/problem/problem.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])

/** Sends a referral to an organisation, sharing what a live consent agreed to and nothing more. */
export const send = handle(referrals.send, policy, {
  facts: async ({ read, input: { body } }) => ({ ...(await caseFacts(read, body.case)), kind: body.kind }),
  caseOf: (_, { body }) => body.case,
  run: async ({ tx, actor, services, input: { body }, key, now, note, ...context }) => {
    const facts = context.facts as unknown as Awaited<ReturnType<typeof caseFacts>>
    if (body.kind === 'service' && !body.service) throw wrong('service', 'required')
    if (body.kind === 'identification' && (body.offer || body.place)) throw wrong('offer', 'not-offered')
    const offer = body.offer ? await requireOffer(tx, body) : undefined
    const [, , consent] = await Promise.all([
      requireRecipient(tx, body.to, body.kind, actor.organisation),
      lockConsent(tx, body.consent, 'to-share'),
      findLiveConsent(tx, body.case, body.consent),
    ])
    if (!consent) throw wrong('consent', 'no-consent')
    // Help and identification are agreed to each for itself.
    if (!consent.purposes.includes(body.kind === 'service' ? 'services' : 'identification'))
      throw wrong('consent', 'not-agreed')
    // What was told is for those who decide, and where somebody is for nobody else; who gives a service is told who comes.
    const passes = (facts.access?.passes ?? 0) & (body.kind === 'service' ? maskOf(['ID', 'STA']) : -1)
    const closed = body.share.findIndex(one => (passes & bit[one]) === 0)
    if (closed >= 0) throw wrong(`share.${closed}`, 'not-offered')
    const shared = maskOf([...body.share, 'STA'])
    if ((agreedFor(consent, body.to) & shared) !== shared) throw wrong('share', 'not-agreed')
    const pack = services.packs.get(actor.country)!
    const { warnAt, dueAt, expiresAt } = responseSpan(pack, body.urgency, now, hoursOf(offer, pack))
    const message = body.message
      ? sealWords(key(body.case, facts.row.key_slot, 'STA'), 'sealed_message', body.id, body.message)
      : null
    // One turn: what is independent leaves together.
    await Promise.all([
      share(tx, {
        organisation: body.to,
        caseId: body.case,
        compartments: shared,
        identification: body.kind === 'identification',
        referral: body.id,
        consent: consent.id,
        until: consent.expires_at,
      }),
      store.insert(tx, {
        id: body.id,
        case_id: body.case,
        country: actor.country,
        kind: body.kind,
        service: body.service ?? null,
        offer_id: body.offer ?? null,
        place: body.place ?? null,
        expires_at: body.kind === 'service' ? expiresAt : null,
        from_organisation: actor.organisation,
        from_account: actor.user,
        to_organisation: body.to,
        urgency: body.urgency,
        status: 'sent',
        consent_id: consent.id,
        shared,
        sealed_message: message,
        due_at: dueAt,
        warn_at: warnAt,
        sent_at: now,
      }),
      body.kind === 'identification' ? markPending(tx, facts, body.urgency, dueAt) : undefined,
      addToTimeline(tx, actor, body.case, 'referral.sent', { kind: body.kind, to: body.to, urgency: body.urgency }),
    ])
    note({ basis: consent.id })
    return { id: body.id, version: 1 }
  },
})

async function requireRecipient(read: Read, to: string, kind: string, own: string): Promise<void> {
  const organisation = await findOrganisation(read, to)
  if (!organisation?.active || (kind === 'identification' && (!organisation.competent || to === own)))
    throw wrong('to', 'not-offered')
}

/** A service of the directory that is what is asked of whom. @throws Problem invalid-input `offer` */
async function requireOffer(
  read: Read,
  body: { offer?: string | undefined; to: string; service?: string | undefined },
) {
  const offer = await findService(read, body.offer!)
  if (!offer?.active || offer.organisation_id !== body.to || offer.kind !== body.service)
    throw wrong('offer', 'not-offered')
  return offer
}
type Offer = Awaited<ReturnType<typeof requireOffer>>
/** A service with hours of its own answers within those. */
const hoursOf = (offer: Offer | undefined, pack: CountryPack): WorkCalendar =>
  offer?.hours ? openingOf(offer.hours as readonly Opening[], offer.open_on_holidays, pack) : calendarOf(pack)

/**
 * The response clock of the country pack for an urgency, in the recipient's own hours; a pack without one gives a day in real
 * time. It runs out for good after twice that.
 */
function responseSpan(pack: CountryPack, urgency: Urgency, start: Date, calendar: WorkCalendar) {
  const { amount, unit } = findResponse(pack, urgency) ?? { amount: 24, unit: 'hours' as const }
  const span = { start, amount, unit }
  const dueAt = due(calendar, span)
  return { dueAt, warnAt: warnsAt(calendar, span) ?? dueAt, expiresAt: due(calendar, { ...span, amount: amount * 2 }) }
}
