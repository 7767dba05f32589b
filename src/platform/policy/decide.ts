import { type Compartment, maskOf } from './compartments.ts'
import type { Purpose, Role } from './roles.ts'

/** Who acts: one user in one role assignment with one declared purpose, for one request. */
export interface Actor {
  readonly user: string
  readonly assignment: string
  readonly role: Role
  readonly organisation: string
  /** ISO 3166 alpha-3 of the jurisdiction (or the demonstration country's code). */
  readonly country: string
  readonly purpose: Purpose
  /** 1: one factor; 2: passkey, or password with a second factor. */
  readonly strength: 1 | 2
  /** When the person last proved themselves with a factor; step-up asks for a recent one. */
  readonly provenAt: Date
  readonly session: string
}

/**
 * The person whose case it is, on a visit that a one-time code opened: no account, no role, no organisation, one case.
 * Nothing that looks for staff can take them for one.
 */
export interface Visitor {
  readonly purpose: 'self'
  readonly visit: string
  readonly case: string
  readonly country: string
}

/**
 * Whoever holds the link of one referral and was told its code: no account, no role; they act for the organisation that it was
 * sent to, in this referral alone.
 */
export interface LinkHolder {
  readonly purpose: 'assistance'
  readonly visit: string
  readonly referral: string
  readonly country: string
}

/** What a rule answers. A deny carries a reason for tests and the audit, never for the person: a deny looks like a missing record. */
export type Verdict =
  | { readonly allow: true; readonly compartments: readonly Compartment[] }
  | { readonly allow: false; readonly reason: string }

/** A pure rule: no clock, no database, no words. */
export type Rule<Facts, By = Actor> = (actor: By, facts: Facts, now: Date) => Verdict

export const allow = (...compartments: Compartment[]): Verdict => ({ allow: true, compartments })
export const deny = (reason: string): Verdict => ({ allow: false, reason })

/** Allows when every named condition holds; the first that fails is the reason. */
export const allowIf = (conditions: Record<string, boolean>, ...compartments: Compartment[]): Verdict => {
  for (const [reason, holds] of Object.entries(conditions)) if (!holds) return deny(reason)
  return allow(...compartments)
}

const made = Symbol('decide')

/**
 * The outcome of a decision. Only `decide` makes one that allows; the key store asks it before it releases a key
 * (third fence). `cases` is one case id, or 'fenced' for the rows that row-level security let through.
 */
export class Decision {
  readonly effect = 'allow' as const
  readonly mask: number
  readonly #cases: string | 'fenced'
  constructor(seal: symbol, mask: number, cases: string | 'fenced') {
    if (seal !== made) throw new Error('a decision is made by decide()')
    this.mask = mask
    this.#cases = cases
  }
  /** For operations that need no rule: releases nothing. */
  static readonly none = new Decision(made, 0, 'fenced')
  permits(caseId: string, compartment: Compartment): boolean {
    return (this.#cases === 'fenced' || this.#cases === caseId) && (this.mask & maskOf([compartment])) !== 0
  }
}

/** Denied: carries the reason for the audit. */
export class Denied extends Error {
  readonly reason: string
  constructor(reason: string) {
    super('denied')
    this.reason = reason
  }
}

/**
 * Decides one operation for one actor; default deny.
 * @param rule the slice's rule for the operation's permission; none means deny
 * @param purposes the purposes the operation may serve
 * @param cases the case the facts speak of, or 'fenced' for lists
 * @throws Denied
 */
export function decide<Facts, By extends { readonly purpose: Purpose } = Actor>(
  rule: Rule<Facts, By> | undefined,
  purposes: readonly Purpose[],
  actor: By,
  facts: Facts,
  cases: string | 'fenced',
  now: Date,
): Decision {
  if (!rule) throw new Denied('no-rule')
  if (!purposes.includes(actor.purpose)) throw new Denied('purpose')
  const verdict = rule(actor, facts, now)
  if (!verdict.allow) throw new Denied(verdict.reason)
  return new Decision(made, maskOf(verdict.compartments), cases)
}
