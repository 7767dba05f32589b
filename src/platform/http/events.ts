import type pg from 'pg'
import type { AuditEvent } from '../audit/event.ts'
import { type Aim, concernsHash, idsHash, type Noted, tryInsert } from '../audit/record.ts'
import { fits } from '../contract/parse.ts'
import { id } from '../contract/shapes.ts'
import { uuidv7 } from '../crypto/random.ts'
import { openText } from '../db/context.ts'
import { compartmentsIn } from '../policy/compartments.ts'
import { type Decision, Denied } from '../policy/decide.ts'
import { Problem } from '../problem/problem.ts'
import { fenceOf } from './fence.ts'
import type { AuditNote } from './handle.ts'
import type { Given, Journey } from './request.ts'

/** What is written down of an operation, if anything is. */
export function eventOf(
  journey: Journey,
  note: AuditNote,
  decision: Decision | undefined,
  refused?: string,
): Noted | undefined {
  const { binding, session, request, now } = journey
  const { operation } = binding
  if (typeof operation.audit !== 'string') return undefined
  const device = journey.device ?? note.device
  const reason = refused ?? note.reason
  // Once each, whatever a handler says twice.
  const concerns = [...new Map((note.concerns ?? []).map(one => [one.case, one] as const)).values()]
  const event = {
    id: uuidv7(now.getTime()),
    at: now.toISOString(),
    actor: session?.account ?? note.account ?? null,
    role: session?.actor?.role ?? 'none',
    organisation: session?.actor?.organisation ?? null,
    operation: operation.id,
    event: operation.audit,
    case: note.case ?? null,
    compartments: decision ? compartmentsIn(decision.mask) : [],
    purpose: session?.actor?.purpose ?? operation.purpose[0] ?? 'self',
    basis: note.basis ?? null,
    outcome: refused ? 'refused' : 'done',
    ...(note.count === undefined ? {} : { count: note.count }),
    ...(note.ids ? { ids: idsHash(note.ids) } : {}),
    ...(concerns.length > 0 ? { concerns: concernsHash(concerns) } : {}),
    request,
    ...(device ? { device } : {}),
    ...(reason ? { reason } : {}),
  } as AuditEvent
  return { event, concerns }
}

/**
 * A refusal to somebody who is signed in is an event of its own, after the roll-back, with the case that they named, if there is
 * one: by its id in the address, through a record of it, or by its reference. One statement, whichever it is.
 */
export async function recordRefusal(
  journey: Journey,
  client: pg.ClientBase,
  input: Given,
  error: unknown,
): Promise<void> {
  const actor = journey.session?.actor
  const code =
    error instanceof Denied
      ? error.reason
      : error instanceof Problem && error.code === 'not-found'
        ? 'not-found'
        : undefined
  const noted = actor && code ? eventOf(journey, {}, undefined, code) : undefined
  if (!actor || !noted) return
  const { text, values } = tryInsert(noted.event, aimOf(journey, input))
  await Promise.all([client.query(openText(fenceOf(actor), true)), client.query(text, values), client.query('commit')])
}

const anId = id()
/**
 * What was named, whether or not there is such a case. A lead says its case by reference, inside its seal: that one is not looked
 * up, and no trace of a try leads to it.
 */
function aimOf(journey: Journey, { params, query, body }: Given): Aim {
  const said = (parts: unknown, name: string): string | undefined => {
    const value = (parts as Record<string, unknown> | undefined)?.[name]
    return typeof value === 'string' ? value.trim() : undefined
  }
  const inBody = said(body, 'case')
  return {
    case: said(params, 'case') ?? (fits(anId, inBody) ? inBody : undefined) ?? journey.about,
    reference: said(body, 'reference') ?? said(query, 'reference'),
  }
}
