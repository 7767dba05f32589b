import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'

export interface ScreeningFacts {
  readonly access: CaseAccess | undefined
  readonly screening: { readonly by: string }
}
const screens: readonly string[] = ['officer', 'intake']
const unit: readonly string[] = ['intake', 'coordinator', 'decision-maker']

/** The author reads what they wrote; of the unit, those who decide and coordinate read the story if it was shared. */
const mayRead = (actor: Actor, { access, screening }: ScreeningFacts) => {
  if (screening.by === actor.user && screens.includes(actor.role)) return allow('ID', 'SVC', 'STA')
  if (unit.includes(actor.role) && access && (access.holder || access.share))
    return (access.compartments & 2) !== 0 ? allow('SVC', 'STA') : allow('STA')
  return deny('access')
}

export const policy = {
  'screening.record': (actor: Actor) => allowIf({ role: screens.includes(actor.role) }, 'ID', 'SVC', 'STA'),
  'screening.list': (actor: Actor) => allowIf({ role: [...screens, ...unit].includes(actor.role) }, 'STA'),
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
