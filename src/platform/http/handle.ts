import type { Concern } from '../audit/event.ts'
import type { Input, Operation, Reply } from '../contract/operation.ts'
import type { DataKey } from '../crypto/keys.ts'
import type { Read, Tx } from '../db/context.ts'
import type { Compartment } from '../policy/compartments.ts'
import type { Actor, Decision, Rule } from '../policy/decide.ts'
import type { Others } from './others.ts'
import type { Services } from './services.ts'
import type { Session } from './session.ts'

/** What a handler may add to the audit event the kit writes: ids and counts only. */
export interface AuditNote {
  case?: string
  basis?: string
  /** Who acted, where there is no session yet: the account that a sign-in opens. */
  account?: string
  /** The device that it came from. */
  device?: string
  /** A code of what came of it, where one event has several ends. */
  reason?: string
  count?: number
  /** The ids a list answered with; hashed into the event. */
  ids?: readonly string[]
  /** Cases that the answer shows something of, or that were written to, beside the one it is about: a row of the audit each. */
  concerns?: readonly Concern[]
}

/** Everything a handler needs; a query has only a reading connection. */
export interface Context<O extends Operation, Facts> {
  readonly actor: Actor
  readonly facts: Facts
  readonly input: Input<O>
  readonly now: Date
  readonly language: string
  readonly services: Services
  readonly decision: Decision
  /** Asks the key store for a case's key; refused unless this request's decision permits it. */
  readonly key: (caseId: string, slot: number, compartment: Compartment) => DataKey
  readonly note: (note: AuditNote) => void
  /** The session behind the request; undefined on public operations. */
  readonly session: Session | undefined
  /** Sets the session cookie to a new token, or clears it. Sign-in and sign-out only. */
  readonly setSession: (token: string | null) => void
  /** The address the connection came from, for throttling; never stored in the clear. */
  readonly remote: string
  /** The `Authorization` header as it came; only platform/sync has a use for one. */
  readonly authorization: string | undefined
  /** Every operation there is; and others, through the very steps of a request of their own, which only platform/sync asks for. */
  readonly others: Others
}
export type QueryContext<O extends Operation, F> = Context<O, F> & { readonly read: Read }
export type CommandContext<O extends Operation, F> = Context<O, F> & { readonly tx: Tx }
type ContextOf<O extends Operation, F> = O extends { kind: 'command' } ? CommandContext<O, F> : QueryContext<O, F>

/** What the facts are loaded from, inside the request's transaction and fence. */
export interface Asked<O extends Operation> {
  readonly read: Read
  readonly input: Input<O>
  readonly actor: Actor
  readonly services: Services
  readonly now: Date
}

// biome-ignore lint/suspicious/noExplicitAny: a policy table holds rules over facts of many shapes
export type Policy = Record<string, Rule<any>>
type FactsOf<P extends Policy, A> = A extends keyof P ? (P[A] extends Rule<infer F> ? F : never) : Record<never, never>

/** The hole left in an operation: what to know, which case it is about, what to do. */
export interface Handler<O extends Operation, F> {
  /** Runs under the fence role "sign-in", which only platform/auth and platform/sync may ask for. */
  readonly signIn?: true
  /** Loads what the rule needs. May raise not-found. */
  readonly facts?: (asked: Asked<O>) => Promise<F>
  /** The one case this request is about; without it the decision covers the rows that the fence lets through. */
  readonly caseOf?: (facts: F, input: Input<O>) => string
  readonly run: (context: ContextOf<O, F>) => Promise<Reply<O>>
  /** For operations that stream: runs after the commit on a connection of its own, under the same fence. */
  readonly stream?: (context: ContextOf<O, F>) => AsyncIterable<string>
  /** For a reading of one record: which ones a phone keeps a copy of. */
  readonly pull?: Pull
}

/** One kind of record that phones keep. Its path has one parameter, the record's id. */
export interface Pull {
  readonly kind: string
  /**
   * The records that this reader sees and would have with them, newest first. A version is any text that changes
   * whenever what the reading answers does.
   */
  readonly visible: (asked: { read: Read; actor: Actor; now: Date; limit: number }) => Promise<readonly Kept[]>
}
export interface Kept {
  readonly id: string
  readonly version: string
  /** The case it belongs to; null where it belongs to none. What a phone wrote about a case leaves it with the case. */
  readonly case: string | null
}

/** An operation with its rule and its handler, ready to be mounted. */
export interface Binding {
  readonly operation: Operation
  readonly rule: Rule<unknown> | undefined
  readonly handler: Handler<Operation, unknown>
}

/**
 * Binds a handler to its operation. The compiler refuses an operation whose permission has no rule in the slice's
 * policy, facts that the rule does not take, and a reply of another shape.
 */
export function handle<O extends Operation, P extends Policy>(
  operation: O & { access: 'public' | 'signed-in' | keyof P },
  policy: P,
  handler: Handler<O, FactsOf<P, O['access']>>,
): Binding {
  const open = operation.access === 'public' || operation.access === 'signed-in'
  return {
    operation,
    rule: open ? undefined : policy[operation.access as string],
    handler: handler as unknown as Handler<Operation, unknown>,
  }
}
