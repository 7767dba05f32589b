import * as z from 'zod/mini'
import { query } from '#platform/contract/operation.ts'
import { id, instant, line, page, paging } from '#platform/contract/shapes.ts'

/** Reading that is not as usual: what it is called is `oversight.unusual.<kind>` in words; the rules are `unusual.ts`. */
export const unusualKinds = ['many-cases', 'at-night', 'many-searches', 'many-refused', 'canary'] as const

/** One event of the audit, as far as it may be told: codes, who, when; nothing of what was read. */
const ConsoleEvent = z.object({
  id: id(),
  at: z.string(),
  event: z.string(),
  outcome: z.enum(['done', 'refused']),
  actor: z.nullable(id()),
  name: z.nullable(z.string()),
  role: z.string(),
  organisation: z.nullable(z.string()),
  purpose: z.string(),
  /** Reference of the case; null where there is none, or where it is hidden from the reader. */
  reference: z.nullable(z.string()),
  /** References of cases that it concerns beside: found by a search, compared. None in the log of a case. */
  also: z.array(z.string()),
  compartments: z.array(z.string()),
  basis: z.nullable(id()),
  count: z.nullable(z.number()),
  reason: z.nullable(z.string()),
})
export type ConsoleEvent = z.infer<typeof ConsoleEvent>
/** The words key of an event's code. */
export const eventOf = (code: string): string => `oversight.event.${code}`

/** One question: of a case, of a person, of exports, of what was refused; of a time. At least one of the first four. */
const asked = {
  reference: z.optional(line(20)),
  account: z.optional(id()),
  exports: z.optional(z.literal('yes')),
  tries: z.optional(z.literal('yes')),
  from: z.optional(instant()),
  to: z.optional(instant()),
}

export const consoleOperations = {
  readEvents: query({
    id: 'oversight.readEvents',
    path: '/oversight/events',
    query: z.object({ ...paging, ...asked }),
    reply: page(ConsoleEvent),
    access: 'oversight.read-events',
    audit: 'oversight.events-read',
    purpose: ['oversight'],
  }),
  /** The same answer, whole, as CSV. */
  exportEvents: query({
    id: 'oversight.exportEvents',
    path: '/oversight/events.csv',
    query: z.object(asked),
    reply: z.object({ count: z.number() }),
    stream: 'text/csv',
    access: 'oversight.export-events',
    audit: 'oversight.events-exported',
    purpose: ['oversight'],
  }),
  unusual: query({
    id: 'oversight.unusual',
    path: '/oversight/unusual',
    query: z.object({ days: z.optional(z.enum(['1', '7', '30'])) }),
    reply: z.object({
      items: z.array(
        z.object({
          kind: z.enum(unusualKinds),
          account: id(),
          name: z.string(),
          at: z.string(),
          count: z.number(),
          /** What is usual for this person in an hour, where the rule compares. */
          usual: z.nullable(z.number()),
        }),
      ),
    }),
    access: 'oversight.unusual',
    audit: 'oversight.unusual-read',
    purpose: ['oversight'],
  }),
  /** People by name, to ask about them. */
  findPeople: query({
    id: 'oversight.findPeople',
    path: '/oversight/people',
    query: z.object({ words: line(80) }),
    reply: z.object({ items: z.array(z.object({ account: id(), name: z.string(), organisation: z.string() })) }),
    access: 'oversight.find-people',
    audit: 'oversight.people-found',
    purpose: ['oversight', 'identification', 'assistance'],
  }),
  /** Everything that was done with a case, for its coordinator: to tell the person, face to face. */
  caseLog: query({
    id: 'oversight.caseLog',
    path: '/cases/{case}/log',
    params: z.object({ case: id() }),
    query: z.object({ ...paging }),
    reply: page(ConsoleEvent),
    access: 'oversight.case-log',
    audit: 'oversight.case-log-read',
    purpose: ['assistance', 'identification'],
  }),
} as const
