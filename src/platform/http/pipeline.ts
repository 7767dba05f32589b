import type { Hono } from 'hono'
import type pg from 'pg'
import { type Noted, notedInserts } from '../audit/record.ts'
import type { Command, FileAnswer, Operation } from '../contract/operation.ts'
import { fits } from '../contract/parse.ts'
import { uuidv7 } from '../crypto/random.ts'
import { openText, statementOf, Tx } from '../db/context.ts'
import { findLead } from '../policy/access.ts'
import { Decision, Denied, decide } from '../policy/decide.ts'
import { ofTheUnit } from '../policy/roles.ts'
import { Problem } from '../problem/problem.ts'
import { pickLanguage } from '../words/words.ts'
import { asSomebody, Changed } from './caller.ts'
import { eventOf, recordRefusal } from './events.ts'
import { fenceFor, fenceOf } from './fence.ts'
import { checkedFile, fileResponse } from './file.ts'
import type { AuditNote, Binding } from './handle.ts'
import { commandKey, readInput, remoteOf } from './input.ts'
import { type Asked, storedReply, storeReply } from './once.ts'
import { actorOf, type Deed, type Others, otherOperation, partsOf, sessionOf } from './others.ts'
import { asProblem, problemResponse } from './problems.ts'
import type { Given, Journey } from './request.ts'
import { checkAskedByPage, checkSameOrigin } from './security.ts'
import type { Services } from './services.ts'
import { checkStepUp, markSeen, type Session, sessionCookie } from './session.ts'
import { stillStands } from './still.ts'
import { streamed } from './stream.ts'

/** Mounts every binding under `/api`. The order of steps is the same for all and cannot be left out. */
export function mount(app: Hono, bindings: readonly Binding[], services: Services): void {
  const byId = new Map(bindings.map(one => [one.operation.id, one]))
  for (const binding of bindings) {
    const { operation } = binding
    const path = `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`
    app.on(operation.method, path, async c => {
      const journey: Journey = {
        c,
        binding,
        bindings: byId,
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
  else if (!operation.file && !operation.stream) checkAskedByPage(c.req.raw)
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
      return streamed(
        services,
        fenceOf(journey.session.actor),
        operation.stream,
        read => binding.handler.stream!({ ...(context as object), read } as never),
        stillStands(journey, tx => judgeAgain(journey, tx, input)),
      )
    return respond(journey, reply, input)
  } catch (error) {
    await client.query('rollback').catch(lost => {
      broken = lost as Error
    })
    if (!broken) await recordRefusal(journey, client, input, error).catch(() => {})
    throw error
  } finally {
    if (journey.session && !broken) touch(journey.session, client, journey.now)
    client.release(broken)
  }
}

async function transact(
  journey: Journey,
  client: pg.ClientBase,
  input: Given,
  key: string | undefined,
  sure?: () => Promise<void>,
): Promise<{ reply: unknown; context?: unknown }> {
  // Sent together with the statement that follows: a pipelined connection does not wait between them.
  const opened = client.query(openText(fenceFor(journey.binding.handler, journey.session), true))
  opened.catch(() => {})
  const tx = new Tx(client)
  const seen: Noted[] = []
  try {
    const { reply, context, event } = await answer(journey, tx, input, othersOf(journey, tx, seen), sure)
    await close(journey, tx, reply, askedBy(journey, input, key), event ? [...seen, event] : seen)
    return { reply, context }
  } catch (error) {
    await opened
    const asked = mayReplay(error) ? askedBy(journey, input, key) : undefined
    const before = asked && (await replay(journey, client, asked))
    if (before) return before
    throw error
  }
}

/**
 * The steps of one operation inside an open transaction, the same whoever asks and for whatever reason: facts, rule,
 * handler, reply, event. Nothing of it is written down yet.
 * @param sure fails unless who asks is still who it was taken for
 */
async function answer(
  journey: Journey,
  tx: Tx,
  input: Given,
  others?: Others,
  sure?: () => Promise<void>,
): Promise<{ reply: unknown; context: object; event: Noted | undefined }> {
  const { operation, handler } = journey.binding
  const { services, now } = journey
  const looking = (async () =>
    handler.facts ? handler.facts({ read: tx, input, actor: journey.session?.actor, services, now } as never) : {})()
  looking.catch(() => {})
  // Before anything that was found out can show, even as an error.
  await sure?.()
  const { session } = journey
  // Before the rule: whether there is such a record is told to nobody whose proof is old.
  if (session) checkStepUp(session, operation.stepUp, now)
  const facts = await looking
  const cases = handler.caseOf ? handler.caseOf(facts, input as never) : 'fenced'
  if (cases !== 'fenced' && cases !== '') journey.about = cases
  const decision = judge(journey, facts, cases)
  await requireApart(journey, tx, cases)
  const noted: AuditNote[] = []
  const context = contextOf(journey, tx, { input, facts, decision, noted, others })
  const reply = outward(operation, await handler.run(context as never))
  if (handler.caseOf) noted.unshift({ case: cases })
  return { reply, context, event: eventOf(journey, Object.assign({}, ...noted), decision) }
}

/**
 * Nothing is begun in a case that was brought together with another. For the people of the unit alone: nobody else learns
 * of it, and what they write goes on into the case that they know.
 */
async function requireApart({ binding: { operation }, session }: Journey, tx: Tx, cases: string): Promise<void> {
  if (operation.kind !== 'command' || operation.evenMerged || cases === 'fenced' || cases === '') return
  if (!session?.actor || !ofTheUnit.has(session.actor.role)) return
  const reference = await findLead(tx, cases)
  if (reference) throw new Problem('merged', [], { reference })
}

interface Known {
  readonly input: Given
  readonly facts: unknown
  readonly decision: Decision
  readonly noted: AuditNote[]
  readonly others: Others | undefined
}
/** What a handler is given. */
function contextOf(journey: Journey, tx: Tx, { input, facts, decision, noted, others }: Known): object {
  const { c, services, session, now, language } = journey
  return {
    actor: session?.actor,
    facts,
    input,
    now,
    language,
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
    remote: remoteOf(c, services.config.trustProxy),
    authorization: c.req.header('authorization'),
    others,
  }
}

/** The doors to other operations: each goes through the steps above, with its own facts, decision and event. */
const othersOf = (journey: Journey, tx: Tx, seen: Noted[]): Others => ({
  bindings: journey.bindings,
  perform: deed => perform(journey, tx, deed),
  sightOf: async (maker, device, see) => {
    const actor = actorOf(maker, device)
    await tx.client.query('commit')
    await tx.client.query(openText(fenceOf(actor), true))
    try {
      return await see(tx, actor)
    } finally {
      await tx.client.query('rollback')
      await tx.client.query(openText(fenceFor(journey.binding.handler, journey.session), true))
    }
  },
  read: (binding, params) => look(journey, tx, binding, params, seen),
})

/** Does a command as its maker, in a transaction of its own on this connection, between two of the asking request. */
async function perform(journey: Journey, tx: Tx, deed: Deed): Promise<Problem | undefined> {
  const { client } = tx
  await client.query('commit')
  const binding = otherOperation(journey.bindings, deed.operation)
  const inner: Journey = {
    ...journey,
    binding,
    request: uuidv7(),
    session: sessionOf(deed),
    device: deed.device,
  }
  let problem: Problem | undefined
  let parts: Given = { params: undefined, query: undefined, body: undefined, version: 0 }
  try {
    parts = partsOf(binding.operation, deed)
    await transact(inner, client, parts, deed.key)
  } catch (error) {
    await client.query('rollback')
    problem = asProblem(error)
    // Nobody's refusal: the database is away, or the fault is ours. Then nothing is kept, and it may come again.
    if (problem.status >= 500 || problem.status === 429) throw error
    await recordRefusal(inner, client, parts, error)
  }
  await client.query(openText(fenceFor(journey.binding.handler, journey.session), true))
  return problem
}

/** Reads a record as its own operation would answer it to this person; undefined when they may not, or it is gone. */
async function look(
  journey: Journey,
  tx: Tx,
  binding: Binding,
  params: Record<string, string>,
  seen: Noted[],
): Promise<unknown> {
  try {
    const { reply, event } = await answer({ ...journey, binding }, tx, partsOf(binding.operation, { params }))
    if (event) seen.push(event)
    return reply
  } catch (error) {
    if (asProblem(error).code === 'not-found') return undefined
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

/** Whether what was decided would be decided so now. @throws Denied, Problem */
async function judgeAgain(journey: Journey, tx: Tx, input: Given): Promise<void> {
  const { handler } = journey.binding
  const { services, session } = journey
  const now = services.now()
  const facts = handler.facts
    ? await handler.facts({ read: tx, input, actor: session?.actor, services, now } as never)
    : {}
  judge({ ...journey, now }, facts, handler.caseOf ? handler.caseOf(facts, input as never) : 'fenced')
}

/** A reply that does not fit its own contract is our fault and leaves nothing stored. */
function outward(operation: Operation, reply: unknown): unknown {
  if (operation.file) return checkedFile(operation.id, reply)
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
  events: readonly Noted[],
): Promise<void> {
  const sent: Promise<unknown>[] = []
  for (const { text, values } of notedInserts(events)) sent.push(tx.insert(statementOf(text, values)))
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

/** Keeps the idle limit moving, at most once a minute and without making anybody wait. */
function touch(session: Session, client: pg.ClientBase, now: Date): void {
  if (now.getTime() - session.seenAt.getTime() < 60_000) return
  markSeen(client, session.id).catch(() => {})
}

function respond(journey: Journey, reply: unknown, input: Given): Response {
  const { binding, cookie, services } = journey
  const { operation } = binding
  if (operation.file)
    return fileResponse(
      operation.file,
      reply as FileAnswer,
      stillStands(journey, tx => judgeAgain(journey, tx, input)),
    )
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
