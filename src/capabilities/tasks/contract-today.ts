import * as z from 'zod/mini'
import { urgencies } from '#capabilities/cases/contract.ts'
import { query } from '#platform/contract/operation.ts'
import { id } from '#platform/contract/shapes.ts'
import { purposes } from '#platform/policy/roles.ts'

/**
 * What can wait for somebody. Tasks are records of this slice; everything else stays with the slice it belongs to and is
 * only shown here.
 */
export const waitingKinds = [
  'task',
  // care
  'follow-up',
  'safety-review',
  'action',
  'asked',
  'closure',
  // cases
  'clock',
  'decision',
  'escalation',
  // referrals
  'referral',
  'unanswered',
  'answer',
  // justice
  'order',
  'interest',
  'lead',
  'handed',
  // oversight
  'alert',
  'glass',
  'sealing',
  'erasure',
] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** When something is due, seen from the country's own day; `standing` is what has no time. */
export const dayParts = ['late', 'today', 'this-week', 'standing'] as const
export type DayPart = (typeof dayParts)[number]

/** One thing that waits, in codes and references; nobody's name. `code` says which of its kind. */
export const Waiting = z.object({
  kind: z.enum(waitingKinds),
  id: id(),
  case: z.nullable(id()),
  reference: z.nullable(z.string()),
  /** The case that goes on, where this one was brought together with another; it is done where it stands. */
  under: z.nullable(z.object({ case: id(), reference: z.string() })),
  urgency: z.nullable(z.enum(urgencies)),
  code: z.string(),
  /** A calendar day, or an instant for what runs to the hour. */
  due: z.nullable(z.string()),
  part: z.enum(dayParts),
  overdue: z.boolean(),
  /** What may be done with it from the list. */
  moves: z.array(z.enum(['take', 'finish', 'give', 'drop', 'mark', 'seen'])),
  version: z.number(),
})
export type Waiting = z.infer<typeof Waiting>

/** Everybody has a day. */
const purpose = purposes

export const todayOperations = {
  /** What waits for the reader in the role they are in, the earliest first; at most 200. */
  today: query({
    id: 'tasks.today',
    path: '/today',
    query: z.object({ ahead: z.optional(z.enum(['0', '7'])), kind: z.optional(z.enum(waitingKinds)) }),
    reply: z.object({
      day: z.string(),
      items: z.array(Waiting),
      /** Of each kind, before the filter. */
      kinds: z.array(z.object({ kind: z.enum(waitingKinds), count: z.number() })),
      more: z.boolean(),
    }),
    access: 'tasks.today',
    audit: 'tasks.day-listed',
    purpose,
  }),
  /** How many tasks lie with the reader that are due by the end of today, for the menu. */
  count: query({
    id: 'tasks.count',
    path: '/today/count',
    reply: z.object({ due: z.number() }),
    access: 'tasks.count',
    audit: { none: 'a number of one’s own tasks' },
    purpose,
  }),
}
