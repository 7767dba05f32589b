import * as z from 'zod/mini'
import { compartments } from '#platform/policy/compartments.ts'

// Every string is an identifier, a code or a time: no name and no free text can enter the audit, so erasing a case
// never needs to touch it.
const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))
const code = z.string().check(z.regex(/^[a-z0-9.-]{1,64}$/))
/** `<slice>.<verb>`, the verb in camel case. */
const operationId = z.string().check(z.regex(/^[a-zA-Z0-9.]{1,64}$/))
const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
const sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/**
 * How an event concerns a case that it does not stand under. In the log of the case: `found` by a search, `waiting` in
 * somebody's list, `history` read. Of a pair, so in the log of neither: `compared`, `joined`, `joint-history`. Refused: `tried`.
 */
export type ConcernHow = 'found' | 'waiting' | 'history' | 'compared' | 'joined' | 'joint-history' | 'tried'
export interface Concern {
  readonly case: string
  readonly how: ConcernHow
}

/** One audited operation: who did what, as whom, why and with what outcome. */
export const auditEvent = z.strictObject({
  id: uuid,
  /** ISO 8601 in UTC with milliseconds. */
  at: time,
  /** The user; null for the public and for jobs. */
  actor: z.nullable(uuid),
  role: code,
  organisation: z.nullable(uuid),
  operation: operationId,
  event: code,
  case: z.nullable(uuid),
  compartments: z.array(z.enum(compartments)),
  purpose: code,
  /** The consent, order or grant that the operation rests on. */
  basis: z.nullable(uuid),
  outcome: z.enum(['done', 'refused']),
  /** For a list: how many records left, and the hash of their ids (`idsHash`). */
  count: z.optional(z.int().check(z.gte(0))),
  ids: z.optional(sha256Hex),
  /** The hash of the cases that it concerns beside its own (`concernsHash`), which stand in rows of their own. */
  concerns: z.optional(sha256Hex),
  request: uuid,
  /** The phone that it came from, when it was finished without signal and handed in later. */
  device: z.optional(uuid),
  reason: z.optional(code),
})
export type AuditEvent = z.infer<typeof auditEvent>
