import { type CaseFacts, inCharge } from '#capabilities/cases/policy.ts'
import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'

export interface HealthFacts extends CaseFacts {
  /** The actor's organisation is one that treats people. */
  readonly clinic: boolean
  /** A consent to services that stands lets the actor's organisation read what health workers write. */
  readonly agreed: boolean
}

/** A health worker of an organisation that took on a referral which stands. */
export const treats = (actor: Actor, { access, clinic }: HealthFacts): boolean =>
  actor.role === 'provider' && clinic && access?.accepted === true
const helps: readonly string[] = ['provider', 'shelter-manager']
/** Who else cares for the person: the coordinator in charge, and who took on a referral which stands. */
const cares = (actor: Actor, facts: HealthFacts): boolean =>
  inCharge(actor, facts) || (helps.includes(actor.role) && facts.access?.accepted === true)

export const policy = {
  'health.write': (actor: Actor, facts: HealthFacts) => allowIf({ treats: treats(actor, facts) }, 'HLT'),
  // Findings stay with who treats the person, unless they agreed.
  'health.notes': (actor: Actor, facts: HealthFacts) =>
    allowIf({ place: treats(actor, facts) || (cares(actor, facts) && facts.agreed) }, 'HLT'),
} satisfies Record<string, Rule<HealthFacts>>
