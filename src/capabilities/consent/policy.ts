import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'

export interface ConsentFacts {
  readonly access: CaseAccess | undefined
}

/** Who works with the person: who screened them, intake, the coordinator in charge, and who gives a service by a referral that stands. */
function worksWith(actor: Actor, { access }: ConsentFacts): boolean {
  if (!access) return false
  if (actor.role === 'officer') return access.own
  if (actor.role === 'coordinator') return access.assigned
  if (actor.role === 'provider' || actor.role === 'shelter-manager') return access.shares.size > 0
  return actor.role === 'intake'
}
const rule: Rule<ConsentFacts> = (actor, facts) => allowIf({ access: worksWith(actor, facts) }, 'STA')

export const policy = {
  'consent.give': rule,
  'consent.refuse': rule,
  'consent.withdraw': rule,
  'consent.list': rule,
} satisfies Record<string, Rule<ConsentFacts>>
