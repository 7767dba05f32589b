import * as z from 'zod/mini'
import { placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { query } from '#platform/contract/operation.ts'
import { id } from '#platform/contract/shapes.ts'
import { declineReasons } from './contract.ts'
import { endReasons } from './outcomes.ts'

/** What became of a question; each question is counted once. */
export const became = ['accepted', 'partly', 'done', 'ended', 'declined', 'expired', 'revoked', 'waiting'] as const
export type Became = (typeof became)[number]
export const shortfalls = ['no-place', 'expired', 'partly'] as const

/** null: fewer than five, or what would tell them. */
const count = () => z.nullable(z.number())
const counts = <const Key extends string>(keys: readonly Key[]) =>
  z.partialRecord(z.enum(keys as unknown as readonly [Key, ...Key[]]), count())

export const Performance = z.object({
  organisation: id(),
  name: z.string(),
  all: count(),
  became: counts(became),
  declined: counts(declineReasons),
  ended: counts(endReasons),
  /** Half of the answers came sooner; null: fewer than five answers, or none. */
  minutes: z.nullable(z.number()),
})
export type Performance = z.infer<typeof Performance>
export const Unmet = z.object({
  service: z.enum(serviceKinds),
  /** The code of the place that the service is for; null: the whole country, not said, or a safe place. */
  area: z.nullable(z.string()),
  place: z.nullable(z.enum(placeKinds)),
  all: count(),
  counts: counts(shortfalls),
})
export type Unmet = z.infer<typeof Unmet>

const asked = z.object({
  of: z.enum(['country', 'own']),
  /** A whole quarter of a year (UTC), as 2026-Q4: what overlaps would tell by its difference what is withheld. */
  quarter: z.string().check(z.regex(/^20\d\d-Q[1-4]$/, 'code')),
})
const purpose = ['identification', 'assistance', 'statistics', 'oversight'] as const

export const performance = {
  read: query({
    id: 'referrals.performance',
    path: '/referral-performance',
    query: asked,
    reply: z.object({ items: z.array(Performance), unmet: z.array(Unmet) }),
    access: 'referral.performance',
    audit: 'referral.performance-read',
    purpose,
  }),
  exportCsv: query({
    id: 'referrals.performanceCsv',
    path: '/referral-performance.csv',
    query: asked,
    reply: z.object({ count: z.number() }),
    stream: 'text/csv',
    access: 'referral.performance-csv',
    audit: 'referral.performance-exported',
    purpose,
  }),
}
