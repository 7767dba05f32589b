import * as z from 'zod/mini'
import { urgencies } from '#capabilities/cases/contract.ts'
import { OfferedService, placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { command } from '#platform/contract/operation.ts'
import { code, id } from '#platform/contract/shapes.ts'
import { whys } from './rank.ts'

// Apart from the rest, so that a phone that asks for nothing of it loads none of it.

/** What of the person, and of what was asked, a service can be measured against. */
export const weighed = ['age', 'sex', 'nationality', 'language', 'area', 'place'] as const
/** What services may ask for and nobody is measured against here: it is asked of the person, or of the service. */
export const leftOpen = ['residence', 'exploitation', 'access-needs', 'children', 'cost'] as const

export const match = {
  /**
   * Who could help the person of a case, the best first, with the reasons. Changes nothing; not a reading, because what is
   * asked for stands in the body, and never in an address or a log.
   */
  services: command({
    id: 'referrals.match',
    path: '/cases/{case}/fitting-services',
    params: z.object({ case: id() }),
    body: z.strictObject({
      service: z.enum(serviceKinds),
      urgency: z.enum(urgencies),
      place: z.optional(z.enum(placeKinds)),
      /** Where help is looked for; where the person is stays closed. */
      area: z.optional(code()),
      /** Instead of the one that is written down. */
      language: z.optional(z.string().check(z.regex(/^[a-z]{2,3}$/, 'code'))),
    }),
    idempotent: false,
    reply: z.object({
      items: z.array(
        z.object({
          service: OfferedService,
          why: z.array(z.enum(whys)),
          /** Hours in which they usually answer: the median of ninety days, of five answers at least. */
          answersIn: z.nullable(z.number()),
        }),
      ),
      /** How many offer it; there are more than are answered with. */
      offered: z.number(),
      /** Of these, in an emergency, how many are left out: closed now, with nobody on call. */
      closedNow: z.number(),
      languages: z.array(z.string()),
      /** One of them counts places. */
      counted: z.boolean(),
      known: z.array(z.enum(weighed)),
      unknown: z.array(z.enum(weighed)),
      leftOpen: z.array(z.enum(leftOpen)),
    }),
    access: 'referral.match',
    audit: 'referral.matched',
    purpose: ['identification', 'assistance'],
  }),
}
