import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'

export interface ConsentFacts {
  readonly access: CaseAccess | undefined
}
const withPeople: readonly string[] = ['officer', 'intake', 'coordinator', 'provider', 'shelter-manager']

/** Who works with the person may write what the person said; the ledger is read by those who act on it. */
const worksWithThePerson: Rule<ConsentFacts> = (actor: Actor, { access }) =>
  allowIf({ role: withPeople.includes(actor.role), access: access !== undefined }, 'STA')

export const policy = {
  'consent.give': worksWithThePerson,
  'consent.refuse': worksWithThePerson,
  'consent.withdraw': worksWithThePerson,
  'consent.list': ((actor, { access }) =>
    allowIf(
      { role: [...withPeople, 'decision-maker'].includes(actor.role), access: access !== undefined },
      'STA',
    )) as Rule<ConsentFacts>,
} satisfies Record<string, Rule<ConsentFacts>>
