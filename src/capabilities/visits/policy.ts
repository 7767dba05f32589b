import { type CaseFacts, inCharge } from '#capabilities/cases/policy.ts'
import { leads } from '#capabilities/referrals/policy.ts'
import { type Actor, allowIf, type Rule, type Visitor } from '#platform/policy/decide.ts'

/** The codes and whether the person is safe: who is in charge of them. What they ask: the coordinator alone. */
const looks: Rule<CaseFacts> = (actor, facts) =>
  inCharge(actor, facts)
    ? allowIf({ leads: leads(actor, facts) }, 'SVC', 'STA')
    : allowIf({ leads: leads(actor, facts) }, 'STA')
const codes: Rule<CaseFacts> = (actor: Actor, facts: CaseFacts) => allowIf({ leads: leads(actor, facts) }, 'STA')

export const policy = {
  'visit.of-case': looks,
  'visit.make-code': codes,
  'visit.revoke-code': codes,
  'visit.note-check': codes,
  'visit.answer-question': (actor: Actor, facts: CaseFacts) =>
    allowIf({ charge: inCharge(actor, facts) }, 'SVC', 'STA'),
} satisfies Record<string, Rule<CaseFacts>>

/** What a visit that is open is of. */
export interface OwnFacts {
  readonly case: string
  readonly closed: boolean
  /** Somebody is in charge, who can answer. */
  readonly coordinated: boolean
}
const theirs = (visitor: Visitor, facts: OwnFacts) => ({ own: visitor.case === facts.case })

/** What the person may do with their own case. A closed one can be looked at, and what was agreed to taken back. */
export const ownPolicy = {
  read: (visitor: Visitor, facts: OwnFacts) => allowIf(theirs(visitor, facts), 'SVC', 'STA'),
  withdraw: (visitor: Visitor, facts: OwnFacts) => allowIf(theirs(visitor, facts), 'STA'),
  check: (visitor: Visitor, facts: OwnFacts) => allowIf(theirs(visitor, facts), 'STA'),
  /** What they say of a help, and taking that back: nobody asks them to. */
  tell: (visitor: Visitor, facts: OwnFacts) => allowIf(theirs(visitor, facts), 'SVC', 'STA'),
  untell: (visitor: Visitor, facts: OwnFacts) => allowIf(theirs(visitor, facts), 'STA'),
  ask: (visitor: Visitor, facts: OwnFacts) =>
    allowIf({ ...theirs(visitor, facts), coordinated: facts.coordinated, open: !facts.closed }, 'SVC', 'STA'),
} satisfies Record<string, Rule<OwnFacts, Visitor>>
