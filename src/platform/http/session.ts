import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type pg from 'pg'
import type { Mode } from '../config/config.ts'
import { sql } from '../db/builder.ts'
import { Read } from '../db/context.ts'
import type { Actor } from '../policy/decide.ts'
import type { Purpose, Role } from '../policy/roles.ts'
import { Problem } from '../problem/problem.ts'

export const cookieName = '__Host-samaan'

/** What a token stands for. `actor` is missing while the person has not chosen (or has no) role assignment. */
export interface Session {
  readonly id: string
  readonly account: string
  readonly strength: 1 | 2
  readonly provenAt: Date
  readonly seenAt: Date
  readonly demonstration: boolean
  readonly actor: Actor | undefined
}
interface Row {
  session: string
  account: string
  assignment: string | null
  role: Role | null
  organisation: string
  country: string
  purpose: Purpose | null
  strength: 1 | 2
  proven_at: Date
  seen_at: Date
  demonstration: boolean
}

/** The session token of a request, if it has the form of one. */
export const tokenOf = (c: Context): string | undefined => {
  const token = getCookie(c, cookieName)
  return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined
}

/** The cookie's text: bound to this host, never readable by script, never sent from another site. */
export const sessionCookie = (token: string | null, hours: number): string =>
  `${cookieName}=${token ?? ''}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${token ? hours * 3600 : 0}`

// What each token stood for when it was last asked about, the one unused for longest first.
const remembered = new Map<string, Session>()
const most = 2_000

/**
 * Who a token stood for a moment ago: enough to send the first statements of a request together with the question who
 * it is now. Nothing that comes of it may be used before {@link findSession} has said the same.
 */
export const guessSession = (hash: Buffer): Session | undefined => remembered.get(nameOf(hash))
const nameOf = (hash: Buffer): string => hash.toString('base64')

/** Whether a request may go on as it began. */
export const isSameActor = (one: Session, other: Session): boolean =>
  one.id === other.id &&
  one.account === other.account &&
  one.actor?.assignment === other.actor?.assignment &&
  one.actor?.role === other.actor?.role &&
  one.actor?.organisation === other.actor?.organisation &&
  one.actor?.country === other.actor?.country &&
  one.actor?.purpose === other.actor?.purpose

/** One question to the database, outside any transaction: who is this, if the session still stands. */
export async function findSession(
  client: pg.ClientBase,
  hash: Buffer,
  idleMinutes: number,
  mode: Mode,
): Promise<Session | undefined> {
  const found = await askFor(client, hash, idleMinutes, mode)
  remembered.delete(nameOf(hash))
  if (found) remembered.set(nameOf(hash), found)
  if (remembered.size > most) remembered.delete(remembered.keys().next().value!)
  return found
}

async function askFor(
  client: pg.ClientBase,
  hash: Buffer,
  idleMinutes: number,
  mode: Mode,
): Promise<Session | undefined> {
  const row = await new Read(client).maybe(
    sql<Row>`select session, account, assignment, role, organisation, country, purpose, strength, proven_at, seen_at, demonstration
             from auth.actor(${hash}, ${idleMinutes})`,
  )
  // A session made by choosing a name is worth nothing once people are real.
  if (!row || (row.demonstration && mode === 'production')) return undefined
  const { session, account, strength } = row
  const actor =
    row.assignment && row.role && row.purpose
      ? {
          user: account,
          assignment: row.assignment,
          role: row.role,
          organisation: row.organisation,
          country: row.country,
          purpose: row.purpose,
          strength,
          provenAt: row.proven_at,
          session,
        }
      : undefined
  return {
    id: session,
    account,
    strength,
    provenAt: row.proven_at,
    seenAt: row.seen_at,
    demonstration: row.demonstration,
    actor,
  }
}

/** The idle limit starts anew. */
export const markSeen = (client: pg.ClientBase, session: string): Promise<unknown> =>
  client.query('select auth.seen($1)', [session])

/** @throws Problem step-up-needed when the last proof is older than the operation allows */
export function checkStepUp(session: Session, seconds: number | undefined, now: Date): void {
  if (seconds !== undefined && now.getTime() - session.provenAt.getTime() > seconds * 1000)
    throw new Problem('step-up-needed')
}
