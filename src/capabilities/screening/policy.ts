import type { CaseAccess } from '#platform/policy/case-access.ts'
import { bit } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import { ofTheUnit } from '#platform/policy/roles.ts'

export interface ScreeningFacts {
  readonly access: CaseAccess | undefined
  readonly screening: { readonly by: string }
}
const screens: readonly string[] = ['officer', 'intake']

/**
 * The author reads what they wrote. Of the unit: intake what was referred to it or it holds, the decision maker what it
 * holds, a coordinator what they are in charge of; the story only where the person agreed to share it.
 */
const mayRead = (actor: Actor, { access, screening }: ScreeningFacts) => {
  if (screening.by === actor.user && screens.includes(actor.role)) return allow('ID', 'SVC', 'STA')
  const reads =
    access !== undefined &&
    ((actor.role === 'intake' && (access.holder || access.own || access.referred)) ||
      (actor.role === 'decision-maker' && access.holder) ||
      (actor.role === 'coordinator' && access.assigned))
  if (!reads) return deny('access')
  return (access.shared & bit.SVC) !== 0 ? allow('SVC', 'STA') : allow('STA')
}

export const policy = {
  'screening.record': (actor: Actor) => allowIf({ role: screens.includes(actor.role) }, 'ID', 'SVC', 'STA'),
  'screening.list': (actor: Actor) =>
    allowIf({ role: screens.includes(actor.role) || ofTheUnit.has(actor.role) }, 'STA'),
  'screening.read': mayRead,
  'screening.of-case': (actor: Actor, { access }: { access: CaseAccess | undefined }) =>
    mayRead(actor, { access, screening: { by: '' } }),
  'screening.complete': (actor: Actor, { access }: ScreeningFacts) =>
    allowIf(
      { role: actor.role === 'intake' || actor.role === 'decision-maker', holder: access?.holder === true },
      'STA',
    ),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
