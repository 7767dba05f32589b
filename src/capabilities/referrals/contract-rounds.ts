import * as z from 'zod/mini'
import { urgencies } from '#capabilities/cases/contract.ts'
import { placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, choices, id, newId, text, version } from '#platform/contract/shapes.ts'
import { compartments } from '#platform/policy/compartments.ts'
import { referralStatuses } from './contract.ts'

// Several organisations are asked for one help. Apart from the rest, so that a phone that asks one loads none of this.

/** All at once, and the first who says yes gives it; or one after another. */
export const ways = ['at-once', 'in-turn'] as const
export const roundStates = ['asking', 'answered', 'nobody', 'stopped'] as const
/** So many are asked in one round at most. */
export const mostAsked = 8

const purpose = ['identification', 'assistance'] as const

export const Round = z.object({
  id: id(),
  service: z.enum(serviceKinds),
  way: z.enum(ways),
  urgency: z.enum(urgencies),
  state: z.enum(roundStates),
  by: z.string(),
  madeAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** Who was asked, the first first. */
  asked: z.array(z.object({ referral: id(), organisation: z.string(), status: z.enum(referralStatuses) })),
  /** Who would be asked next, in this order. */
  next: z.array(z.string()),
  moves: z.array(z.literal('stop')),
})
export type Round = z.infer<typeof Round>

export const rounds = {
  askSeveral: command({
    id: 'referrals.askSeveral',
    path: '/referral-rounds',
    body: z.strictObject({
      id: newId(),
      case: id(),
      service: z.enum(serviceKinds),
      way: z.enum(ways),
      urgency: z.enum(urgencies),
      consent: id(),
      share: choices(compartments, 1),
      message: z.optional(text(2000)),
      /** In the order in which they are asked; each of them is named by the consent. */
      to: z
        .array(
          z.strictObject({
            /** Of the referral to them. */
            id: newId(),
            organisation: id(),
            offer: z.optional(id()),
            place: z.optional(z.enum(placeKinds)),
          }),
        )
        .check(z.minLength(2), z.maxLength(mostAsked)),
    }),
    reply: changed,
    access: 'referral.ask-several',
    audit: 'referral.round-asked',
    purpose,
  }),
  ofCase: query({
    id: 'referrals.rounds',
    path: '/cases/{case}/rounds',
    params: z.object({ case: id() }),
    reply: z.object({ items: z.array(Round) }),
    access: 'referral.rounds',
    audit: 'referral.rounds-listed',
    purpose,
  }),
  /** Nobody else is asked, and what is still asked is taken back. */
  stop: command({
    id: 'referrals.stopRound',
    path: '/referral-rounds/{round}/stop',
    params: z.object({ round: id() }),
    body: z.strictObject({}),
    reply: z.object({ id: id(), version: version() }),
    access: 'referral.stop-round',
    audit: 'referral.round-stopped',
    purpose,
    evenMerged: true,
  }),
}
