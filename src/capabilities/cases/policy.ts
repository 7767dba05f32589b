import type { CaseAccess } from '#platform/policy/case-access.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import type { CaseStatus, Identification } from './contract.ts'

/** What a rule about one case needs to know. */
export interface CaseFacts {
  readonly access: CaseAccess | undefined
  readonly folder: {
    readonly id: string
    readonly status: CaseStatus
    readonly identification: Identification
    readonly holder: string | null
    readonly coordinator: string | null
    readonly madeBy: string
  }
}
/** A negative decision that waits for its second person. */
export interface SecondFacts extends CaseFacts {
  readonly decision: { readonly by: string; readonly state: string }
}

const unit: readonly string[] = ['intake', 'coordinator', 'decision-maker']
const holds = ({ access }: CaseFacts) => access?.holder === true
const inCharge = (actor: Actor, { folder }: CaseFacts) =>
  actor.role === 'coordinator' && folder.coordinator === actor.user

/** What each of the unit opens of a case it holds: the coordinator in charge all of the care, the others what their task needs. */
function opens(actor: Actor, facts: CaseFacts): Compartment[] {
  if (inCharge(actor, facts)) return ['ID', 'SVC', 'LOC', 'STA']
  if (actor.role === 'intake' || actor.role === 'decision-maker') return ['ID', 'STA']
  return ['STA']
}

const unitMember: Rule<Record<never, never>> = actor => allowIf({ role: unit.includes(actor.role) }, 'ID', 'STA')

export const policy = {
  'case.list': (actor: Actor) => allowIf({ role: unit.includes(actor.role) }, 'STA'),
  'case.export': (actor: Actor) => allowIf({ role: actor.role === 'intake' || actor.role === 'coordinator' }, 'STA'),
  'case.search': unitMember,
  'case.read': (actor: Actor, facts: CaseFacts) =>
    unit.includes(actor.role) && facts.access ? allow(...opens(actor, facts)) : deny('access'),
  'case.open': (actor: Actor, facts: CaseFacts) =>
    allowIf({ role: actor.role === 'intake', access: facts.access !== undefined }, 'STA'),
  'case.change-identity': (actor: Actor, facts: CaseFacts) =>
    allowIf({ role: actor.role === 'intake' || inCharge(actor, facts), holder: holds(facts) }, 'ID', 'STA'),
  'case.change-location': (actor: Actor, facts: CaseFacts) =>
    allowIf({ charge: inCharge(actor, facts), holder: holds(facts) }, 'LOC', 'STA'),
  'case.add-note': (actor: Actor, facts: CaseFacts) =>
    allowIf({ charge: inCharge(actor, facts), holder: holds(facts) }, 'SVC', 'STA'),
  'case.assign': (actor: Actor, facts: CaseFacts) =>
    allowIf({ role: actor.role === 'intake' || inCharge(actor, facts), holder: holds(facts) }, 'STA'),
  'case.hand-over': (actor: Actor, facts: { readonly account: string }) =>
    allowIf({ role: actor.role === 'intake' || (actor.role === 'coordinator' && facts.account === actor.user) }, 'STA'),
  'case.decide': (actor: Actor, facts: CaseFacts) =>
    allowIf({ role: actor.role === 'decision-maker', holder: holds(facts) }, 'ID', 'STA'),
  // Nobody reviews for themselves.
  'case.confirm': (actor: Actor, facts: SecondFacts) =>
    allowIf(
      {
        role: actor.role === 'decision-maker',
        holder: holds(facts),
        'same-person': facts.decision.by !== actor.user,
      },
      'ID',
      'STA',
    ),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
