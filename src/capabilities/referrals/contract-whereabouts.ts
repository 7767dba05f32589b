import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id, newId, text, whole } from '#platform/contract/shapes.ts'

// Where to bring the person, in the words of the safe place that took them on. Apart from the rest: it is asked for by itself, each time
// is written down by itself, and no phone keeps it.

const one = z.object({ referral: id() })

export const whereabouts = {
  read: query({
    id: 'referrals.where',
    path: '/referrals/{referral}/where',
    params: one,
    reply: z.object({
      /** Null: nothing was said, it was taken back, or the help is over. */
      text: z.nullable(z.string()),
      at: z.nullable(z.string()),
      by: z.nullable(z.string()),
      /** The version to say it anew or take it back on: 0 while nothing was ever said. */
      version: whole(0, 2_147_483_647),
    }),
    access: 'referral.where',
    audit: 'referral.where-shown',
    purpose: ['assistance'],
  }),
  say: command({
    id: 'referrals.sayWhere',
    method: 'PUT',
    path: '/referrals/{referral}/where',
    params: one,
    body: z.strictObject({ id: newId(), text: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'referral.say-where',
    audit: 'referral.where-said',
    purpose: ['assistance'],
    evenMerged: true,
  }),
  takeBack: command({
    id: 'referrals.takeBackWhere',
    path: '/referrals/{referral}/where/taken-back',
    params: one,
    body: z.strictObject({ id: newId() }),
    ifMatch: true,
    reply: changed,
    access: 'referral.take-back-where',
    audit: 'referral.where-taken-back',
    purpose: ['assistance'],
    evenMerged: true,
  }),
}
