import * as z from 'zod/mini'
import { sha256 } from '#platform/crypto/hash.ts'
import { canonical } from './canonical.ts'
import { type AuditEvent, auditEvent } from './event.ts'
import { insertEvent, insertEvents } from './store.ts'

/** One statement with its parameters, for any pg client. */
export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/** The INSERT of one event, for the transaction of the operation. @throws when the event is not of its shape: a bug */
export function eventInsert(event: AuditEvent): Statement {
  const { id, at, case: caseId, actor, operation } = z.parse(auditEvent, event)
  return {
    text: insertEvent,
    values: [id, at, caseId, actor, operation, canonical(event)],
  }
}

/** As {@link eventInsert}, for several events at once. */
export function eventsInsert(events: readonly AuditEvent[]): Statement {
  const rows = events.map(event => eventInsert(event).values)
  return { text: insertEvents, values: [0, 1, 2, 3, 4, 5].map(column => rows.map(row => row[column])) }
}

/** The hash that stands in `ids` for a list of records that left: SHA-256 of the sorted ids, a line each. */
export function idsHash(ids: readonly string[]): string {
  return sha256(
    [...ids]
      .sort()
      .map(id => `${id}\n`)
      .join(''),
  ).toString('hex')
}
