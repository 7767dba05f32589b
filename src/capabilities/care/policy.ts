import { type CaseFacts, inCharge } from '#capabilities/cases/policy.ts'
import { bit } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'

/** What a rule about an organisation's part in the care needs to know. */
export interface DeliverFacts extends CaseFacts {
  /** The organisation that gave it, as the command says. */
  readonly organisation: string
}
export interface SecondFacts extends CaseFacts {
  readonly proposedBy: string
}

const gives: readonly string[] = ['provider', 'shelter-manager']
const unit: readonly string[] = ['intake', 'decision-maker']

/** The care is the coordinator's in charge, and nobody else's of the unit. */
const charge = (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'SVC', 'STA')
/** Of the unit that holds the case, without a part in the care. */
const holds = (actor: Actor, { access }: CaseFacts) => unit.includes(actor.role) && access?.holder === true
/** Who took on a referral that still stands: codes, and the services' words only where the person shared them. */
const helps = (actor: Actor, { access }: CaseFacts) => {
  if (!gives.includes(actor.role) || access?.accepted !== true) return deny('accepted')
  const shared = [...access.shares.values()].reduce((mask, one) => mask | one, 0)
  return (shared & bit.SVC) === 0 ? allow('STA') : allow('SVC', 'STA')
}

export const policy = {
  'care.assess': charge,
  'care.assessments': charge,
  'care.safety': charge,
  'care.change-safety': charge,
  'care.code-word': charge,
  'care.plans': charge,
  'care.save-plan': charge,
  'care.agree-plan': charge,
  'care.print-plan': charge,
  'care.move-action': charge,
  'care.deliveries': charge,
  'care.asked': helps,
  'care.deliver': (actor: Actor, facts: DeliverFacts) =>
    gives.includes(actor.role)
      ? facts.organisation === actor.organisation
        ? helps(actor, facts)
        : deny('organisation')
      : charge(actor, facts),
  'care.follow-ups': charge,
  'care.plan-follow-ups': charge,
  'care.mark-follow-up': charge,
  'care.closing': (actor: Actor, facts: CaseFacts) =>
    allowIf({ unit: holds(actor, facts) || inCharge(actor, facts) }, 'STA'),
  'care.propose-closure': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'SVC', 'STA'),
  // Nobody approves for themselves.
  'care.second-closure': (actor: Actor, facts: SecondFacts) =>
    allowIf({ unit: holds(actor, facts), 'same-person': facts.proposedBy !== actor.user }, 'STA'),
  'care.reopen': (actor: Actor, facts: CaseFacts) =>
    allowIf({ unit: holds(actor, facts) || inCharge(actor, facts) }, 'STA'),
  'care.child': charge,
  'care.weigh-interest': charge,
  'care.name-guardian': charge,
  'care.end-guardian': charge,
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
