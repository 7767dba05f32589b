import type { Context, Hono } from 'hono'
import type pg from 'pg'
import type { AuditEvent } from '../audit/event.ts'
import { eventInsert, idsHash } from '../audit/record.ts'
import { checkEdge } from '../contract/edge.ts'
import type { Command, Operation, Schema } from '../contract/operation.ts'
import { fits, namesOf, parse } from '../contract/parse.ts'
import { uuidv7 } from '../crypto/random.ts'
import { openText, statementOf, Tx } from '../db/context.ts'
import { compartmentsIn } from '../policy/compartments.ts'
import { Decision, Denied, decide } from '../policy/decide.ts'
import { Problem } from '../problem/problem.ts'
import { pickLanguage } from '../words/words.ts'
import { readBody } from './body.ts'
import { asSomebody, Changed } from './caller.ts'
import { fenceFor, fenceOf } from './fence.ts'
import type { AuditNote, Binding } from './handle.ts'
import { type Asked, storedReply, storeReply } from './once.ts'
import { readQuery } from './pairs.ts'
import { asProblem, problemResponse } from './problems.ts'
import type { Journey } from './request.ts'
import { checkSameOrigin } from './security.ts'
import type { Services } from './services.ts'
import { checkStepUp, markSeen, type Session, sessionCookie } from './session.ts'
import { streamed } from './stream.ts'

/** Mounts every binding under `/api`. The order of steps is the same for all and cannot be left out. */
export function mount(app: Hono, bindings: readonly Binding[], services: Services): void {
  for (const binding of bindings) {
    const { operation } = binding
    const path = `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`
    app.on(operation.method, path, async c => {
      const journey: Journey = {
        c,
        binding,
        services,
        request: uuidv7(),
        now: services.now(),
        language: pickLanguage(c.req.header('accept-language'), undefined),
        session: undefined,
        cookie: undefined,
      }
      try {
        return await serve(journey)
      } catch (error) {
        const problem = asProblem(error)
        if (problem.code === 'broken')
          services.config.log({ event: 'broken', operation: operation.id, request: journey.request, error })
        return problemResponse(problem, services.words(journey.language), journey.request)
      }
    })
  }
}

async function serve(journey: Journey): Promise<Response> {
  const { c, binding, services } = journey
  const { operation } = binding
  if (operation.kind === 'command') checkSameOrigin(c.req.raw, services.config.staffOrigin)
  const input = await readInput(c, operation)
  const client = await services.pool.connect()
  let broken: Error | undefined
  try {
    const key = operation.kind === 'command' && operation.idempotent ? commandKey(c) : undefined
    const { reply, context } = await (operation.access === 'public'
      ? transact(journey, client, input, key)
      : asSomebody(journey, client, sure => transact(journey, client, input, key, sure)))
    if (operation.stream && c.req.method === 'HEAD')
      return new Response(null, { headers: { 'content-type': operation.stream } })
    if (operation.stream && journey.session?.actor)
      return streamed(services, fenceOf(journey.session.actor), operation.stream, read =>
        binding.handler.stream!({ ...(context as object), read } as never),
      )
    return respond(journey, reply)
  } catch (error) {
    await client.query('rollback').catch(lost => {
      broken = lost as Error
    })
    if (!broken) await recordRefusal(journey, client, error).catch(() => {})
    throw error
  } finally {
    if (journey.session && !broken) touch(journey.session, client, journey.now)
    client.release(broken)
  }
}

interface Given {
  params: unknown
  query: unknown
  body: unknown
  version: number
}

async function readInput(c: Context, operation: Operation): Promise<Given> {
  const params = operation.params ? checked(operation.params, c.req.param(), 'path') : undefined
  const query = operation.query ? checked(operation.query, queryOf(c, operation.query), 'query') : undefined
  if (operation.kind === 'query') return { params, query, body: undefined, version: 0 }
  const raw = operation.body ? await readBody(c, operation.body) : undefined
  const body = operation.body ? parse(operation.body, raw, 'body') : undefined
  return { params, query, body, version: operation.ifMatch ? versionOf(c) : 0 }
}
const queryOf = (c: Context, schema: Schema): Record<string, string> =>
  readQuery(new URL(c.req.url).search.slice(1), namesOf(schema))
function checked(schema: NonNullable<Operation['params']>, value: unknown, part: string): unknown {
  checkEdge(value)
  return parse(schema, value, part)
}

/** @throws Problem version-missing, or invalid-input naming If-Match */
function versionOf(c: Context): number {
  const header = c.req.header('if-match')
  if (!header) throw new Problem('version-missing', [{ field: 'If-Match', code: 'required' }])
  const found = /^(?:W\/)?"(\d{1,10})"$/.exec(header)
  if (!found || Number(found[1]) > 2_147_483_647)
    throw new Problem('invalid-input', [{ field: 'If-Match', code: 'wrong' }])
  return Number(found[1])
}

/** The command's own id. @throws Problem bad-key naming the header */
function commandKey(c: Context): string {
  const key = c.req.header('idempotency-key')
  if (!key || !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key))
    throw new Problem('bad-key', [{ field: 'Idempotency-Key', code: key ? 'id' : 'required' }])
  return key
}

/** The peer's address; behind a proxy that we were told to trust, the one that it saw: the last it added. */
function remoteOf(c: Context, trustProxy: boolean): string {
  const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded') ?? c.req.header('via')
  if (trustProxy && forwarded) return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
  const peer = (c.env as { incoming?: { socket?: { remoteAddress?: string } } })?.incoming?.socket?.remoteAddress
  // Through something on this machine, for somebody who may be anywhere.
  const onBehalf =
    forwarded !== undefined || !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(c.req.header('host') ?? '')
  return (onBehalf && !trustProxy ? undefined : peer) ?? 'unknown'
}

async function transact(
  journey: Journey,
  client: pg.ClientBase,
  input: Given,
  key: string | undefined,
  sure?: () => Promise<void>,
): Promise<{ reply: unknown; context?: unknown }> {
  const { binding, services, now } = journey
  const { operation, handler } = binding
  // Sent together with the statement that follows: a pipelined connection does not wait between them.
  const opened = client.query(openText(fenceFor(handler, journey.session), true))
  opened.catch(() => {})
  const tx = new Tx(client)
  const noted: AuditNote[] = []
  try {
    const looking = (async () =>
      handler.facts ? handler.facts({ read: tx, input, actor: journey.session?.actor, services, now } as never) : {})()
    looking.catch(() => {})
    // Before anything that was found out can show, even as an error.
    await sure?.()
    const { session } = journey
    const facts = await looking
    const cases = handler.caseOf ? handler.caseOf(facts, input as never) : 'fenced'
    const decision = judge(journey, facts, cases)
    if (session) checkStepUp(session, operation.stepUp, now)
    const context = {
      actor: session?.actor,
      facts,
      input,
      now,
      language: journey.language,
      services,
      decision,
      read: tx,
      tx,
      session,
      key: (caseId: string, slot: number, compartment: never) =>
        services.keys.release(decision, caseId, slot, compartment),
      note: (note: AuditNote) => noted.push(note),
      setSession: (token: string | null) => {
        journey.cookie = token
      },
      remote: remoteOf(journey.c, services.config.trustProxy),
    }
    const reply = outward(operation, await handler.run(context as never))
    if (handler.caseOf) noted.unshift({ case: cases })
    const asked = askedBy(journey, input, key)
    await close(journey, tx, reply, asked, eventOf(journey, Object.assign({}, ...noted), decision))
    return { reply, context }
  } catch (error) {
    await opened
    const asked = mayReplay(error) ? askedBy(journey, input, key) : undefined
    const before = asked && (await replay(journey, client, asked))
    if (before) return before
    throw error
  }
}

/** Policy; operations open to everybody (signed in) get an empty decision that releases no key. */
function judge({ binding, session, now }: Journey, facts: unknown, cases: string): Decision {
  const { operation, rule } = binding
  if (operation.access === 'public' || operation.access === 'signed-in') return Decision.none
  if (!session?.actor) throw new Denied('no-role')
  return decide(rule, operation.purpose, session.actor, facts, cases, now)
}

/** A reply that does not fit its own contract is our fault and leaves nothing stored. */
function outward(operation: Operation, reply: unknown): unknown {
  if (operation.reply === null) return undefined
  const fitting = fits(operation.reply, reply)
  if (!fitting) throw new Error(`reply of ${operation.id} does not fit its contract`)
  return fitting.data
}

const askedBy = ({ binding, session }: Journey, input: Given, key: string | undefined): Asked | undefined =>
  key && session?.actor ? { actor: session.actor, id: key, operation: binding.operation as Command, input } : undefined
/** Who has to prove themselves first is not told what they were told before; nothing was asked yet where who asks changed. */
const mayReplay = (error: unknown): boolean =>
  !(error instanceof Changed) && !(error instanceof Problem && error.code === 'step-up-needed')

/** The last round trip: audit event, the command's reply, commit, all sent at once. */
async function close(
  { services }: Journey,
  tx: Tx,
  reply: unknown,
  asked: Asked | undefined,
  event: AuditEvent | undefined,
): Promise<void> {
  const sent: Promise<unknown>[] = []
  if (event) {
    const { text, values } = eventInsert(event)
    sent.push(tx.insert(statementOf(text, values)))
  }
  if (asked) sent.push(storeReply(tx, services.keys, asked, reply))
  // After the inserts of this turn have left, and still in the same write.
  sent.push(Promise.resolve().then(() => tx.client.query('commit')))
  for (const result of await Promise.allSettled(sent)) if (result.status === 'rejected') throw result.reason
}

/** The same command sent again is answered as before, whatever stands in its way now. */
async function replay(
  { services }: Journey,
  client: pg.ClientBase,
  asked: Asked,
): Promise<{ reply: unknown } | undefined> {
  await client.query('rollback')
  await client.query(openText(fenceOf(asked.actor), true))
  const found = await storedReply(new Tx(client), services.keys, asked)
  await client.query('rollback')
  return found
}

function eventOf(
  journey: Journey,
  note: AuditNote,
  decision: Decision | undefined,
  refused?: string,
): AuditEvent | undefined {
  const { binding, session, request, now } = journey
  const { operation } = binding
  if (typeof operation.audit !== 'string') return undefined
  return {
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
    request,
    ...(refused ? { reason: refused } : {}),
  } as AuditEvent
}

/** A refusal to somebody who is signed in is an event of its own, after the roll-back. */
async function recordRefusal(journey: Journey, client: pg.ClientBase, error: unknown): Promise<void> {
  const actor = journey.session?.actor
  const code =
    error instanceof Denied
      ? error.reason
      : error instanceof Problem && error.code === 'not-found'
        ? 'not-found'
        : undefined
  const event = actor && code ? eventOf(journey, {}, undefined, code) : undefined
  if (!actor || !event) return
  const { text, values } = eventInsert(event)
  await Promise.all([client.query(openText(fenceOf(actor), true)), client.query(text, values), client.query('commit')])
}

/** Keeps the idle limit moving, at most once a minute and without making anybody wait. */
function touch(session: Session, client: pg.ClientBase, now: Date): void {
  if (now.getTime() - session.seenAt.getTime() < 60_000) return
  markSeen(client, session.id).catch(() => {})
}

function respond({ binding, cookie, services }: Journey, reply: unknown): Response {
  const { operation } = binding
  const cookies: Record<string, string> =
    cookie === undefined ? {} : { 'set-cookie': sessionCookie(cookie, services.config.session.absoluteHours) }
  if (operation.reply === null) return new Response(null, { status: 204, headers: cookies })
  const version = (reply as { version?: unknown })?.version
  const text = JSON.stringify(reply)
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // Both said here, or the compressing step turns every answer, however small, into a stream first.
      'content-length': String(Buffer.byteLength(text)),
      vary: 'accept-encoding',
      ...(typeof version === 'number' ? { etag: `"${version}"` } : {}),
      ...cookies,
    },
  })
}
