import { type CaseFacts, policy as casePolicy } from '#capabilities/cases/policy.ts'
import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Compartment, compartmentsIn, maskOf } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import type { ReferralStatus } from './contract.ts'

/** What a rule about one referral needs to know. */
export interface ReferralFacts {
  readonly referral: {
    readonly id: string
    readonly caseId: string
    readonly kind: 'identification' | 'service'
    readonly status: ReferralStatus
    readonly fromOrganisation: string
    readonly fromAccount: string
    readonly toOrganisation: string
    readonly shared: number
  }
  /** What this reader's principals hold of the case now: a withdrawal ends it at once. */
  readonly access: CaseAccess | undefined
}
export interface SendFacts extends CaseFacts {
  readonly kind: 'identification' | 'service'
}
const answers: readonly string[] = ['intake', 'coordinator', 'provider', 'shelter-manager']
const unit: readonly string[] = ['intake', 'coordinator', 'decision-maker']

const isTo = (actor: Actor, { referral }: ReferralFacts) =>
  answers.includes(actor.role) && actor.organisation === referral.toOrganisation
const isFrom = (actor: Actor, { referral }: ReferralFacts) =>
  referral.fromAccount === actor.user || (unit.includes(actor.role) && actor.organisation === referral.fromOrganisation)
const isHolder = (actor: Actor, { access }: ReferralFacts) => unit.includes(actor.role) && access?.holder === true

/** The recipient opens what was shared and is still held; the sender knows it already; the holder follows the state. */
function opens(actor: Actor, facts: ReferralFacts): Compartment[] | undefined {
  const held = facts.access?.compartments ?? 0
  if (isTo(actor, facts)) return compartmentsIn(facts.referral.shared & held & maskOf(['ID', 'STA']))
  if (isFrom(actor, facts)) return compartmentsIn(held & maskOf(['ID', 'STA']))
  if (isHolder(actor, facts)) return ['STA']
  return undefined
}
const answersIt = (actor: Actor, facts: ReferralFacts) =>
  allowIf({ recipient: isTo(actor, facts), access: facts.access !== undefined }, 'ID', 'STA')

export const policy = {
  'referral.send': (actor: Actor, facts: SendFacts) => {
    const fromScreening = facts.access?.own === true && facts.folder.madeBy === actor.user
    const fromUnit = facts.access?.holder === true && (actor.role === 'intake' || actor.role === 'coordinator')
    return allowIf(
      {
        role: ['officer', 'intake', 'coordinator'].includes(actor.role),
        access: facts.kind === 'identification' ? fromScreening : fromScreening || fromUnit,
      },
      'STA',
    )
  },
  'referral.list': (actor: Actor) =>
    allowIf({ role: [...answers, 'officer', 'decision-maker'].includes(actor.role) }, 'STA'),
  'referral.read': (actor: Actor, facts: ReferralFacts) => {
    const open = opens(actor, facts)
    return open ? allow(...open) : deny('party')
  },
  'referral.case-file': casePolicy['case.read'],
  'referral.acknowledge': answersIt,
  'referral.accept': answersIt,
  'referral.decline': answersIt,
  'referral.revoke': (actor: Actor, facts: ReferralFacts) => allowIf({ sender: isFrom(actor, facts) }, 'STA'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
