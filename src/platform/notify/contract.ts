import * as z from 'zod/mini'
import { command, query } from '../contract/operation.ts'
import { purposes } from '../policy/roles.ts'

// Mail that says that something waits, and nothing else. Nobody gets it who did not ask for it.

/** At most one message in so many hours. */
export const mailHours = ['1', '4', '24'] as const

const Choice = z.object({
  /** Whether this installation sends mail at all. */
  available: z.boolean(),
  /** Hours between two messages; null: none is wanted. */
  every: z.nullable(z.enum(mailHours)),
})

export const notify = {
  choice: query({
    id: 'notify.choice',
    path: '/account/mail',
    reply: Choice,
    access: 'signed-in',
    audit: { none: 'one’s own setting, about nobody else' },
    purpose: purposes,
  }),
  choose: command({
    id: 'notify.choose',
    method: 'PUT',
    path: '/account/mail',
    body: z.strictObject({ every: z.nullable(z.enum(mailHours)) }),
    reply: Choice,
    access: 'signed-in',
    audit: 'notify.chosen',
    purpose: purposes,
  }),
  /** For the administrator: whether mail is set up and leaves. Numbers only. */
  standing: query({
    id: 'notify.standing',
    path: '/mail/standing',
    reply: z.object({
      available: z.boolean(),
      waiting: z.number(),
      /** Of those waiting: tried in vain. */
      failing: z.number(),
      /** Refused for good within a week. */
      bounced: z.number(),
      sentAt: z.nullable(z.string()),
    }),
    access: 'notify.standing',
    audit: { none: 'numbers of messages, about nobody' },
    purpose: ['administration'],
  }),
}
