import * as z from 'zod/mini'
import { sha256 } from '#platform/crypto/hash.ts'
import { canonical } from './canonical.ts'
import { type AuditEvent, auditEvent, type Concern } from './event.ts'
import { insertConcerns, insertEvent, insertEvents, insertTry } from './store.ts'

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

/** An event with the cases that it concerns beside its own. */
export interface Noted {
  readonly event: AuditEvent
  readonly concerns: readonly Concern[]
}
/** The INSERTs of events and of what they concern, for one transaction: one statement each. */
export function notedInserts(noted: readonly Noted[]): Statement[] {
  if (noted.length === 0) return []
  const events = noted.map(one => one.event)
  const rows = noted.flatMap(({ event, concerns }) => concerns.map(one => ({ event: event.id, ...one })))
  const written = events.length === 1 ? eventInsert(events[0]!) : eventsInsert(events)
  if (rows.length === 0) return [written]
  const values = [rows.map(row => row.event), rows.map(row => row.case), rows.map(row => row.how)]
  return [written, { text: insertConcerns, values }]
}

/** What a request named that was refused: an id that may be a case's, a reference that may be one's. */
export interface Aim {
  readonly case?: string | undefined
  readonly reference?: string | undefined
}
/** The INSERT of a refusal; the database adds the case that it was aimed at, where there is one, and says nothing. */
export function tryInsert(event: AuditEvent, { case: aimed, reference }: Aim): Statement {
  const { id, at, operation } = z.parse(auditEvent, event)
  const open = canonical({ ...event, concerns: '0'.repeat(64) })
  return { text: insertTry, values: [id, at, operation, canonical(event), open, aimed ?? null, reference ?? null] }
}

const linesHash = (lines: readonly string[]): string =>
  sha256(
    lines
      .toSorted()
      .map(line => `${line}\n`)
      .join(''),
  ).toString('hex')
/** The hash that stands in `ids` for a list of records that left: SHA-256 of the sorted ids, a line each. */
export const idsHash = (ids: readonly string[]): string => linesHash(ids)
/** The hash that stands in `concerns`: SHA-256 of the sorted rows, a line each. */
export const concernsHash = (concerns: readonly Concern[]): string =>
  linesHash(concerns.map(one => `${one.case} ${one.how}`))
