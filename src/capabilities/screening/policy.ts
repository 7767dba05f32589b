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

/**
 * Who writes and publishes instruments: supervisors, who know what their people meet in the field, and administrators,
 * who answer for what the country's people see. Always two of them, in whichever order.
 */
const editors: readonly string[] = ['supervisor', 'administrator']
export const edits = (actor: Actor): boolean => editors.includes(actor.role)
const mayEdit = (actor: Actor) => allowIf({ role: edits(actor) })

export interface InstrumentFacts {
  readonly found: { readonly row: { readonly whoMayUse: readonly string[] } }
}
const mayUse = (actor: Actor, { found }: InstrumentFacts) =>
  allowIf({ role: edits(actor) || found.row.whoMayUse.includes(actor.role) })

/** Whoever has the case by a reason of their own, and so may add to it: nothing that was only shared with them. */
const works = (actor: Actor, access: CaseAccess | undefined): boolean =>
  access !== undefined &&
  ((actor.role === 'officer' && access.own) ||
    (actor.role === 'intake' && (access.own || access.holder)) ||
    (actor.role === 'decision-maker' && access.holder) ||
    (actor.role === 'coordinator' && access.assigned))

export interface InterviewFacts {
  readonly access: CaseAccess | undefined
  /** undefined: there is none of this name, which is a mistake of the sender and no question of who may */
  readonly found: InstrumentFacts['found'] | undefined
}
export interface InterviewsFacts {
  readonly access: CaseAccess | undefined
  /** Whether any interview of the case is the reader's own. */
  readonly wrote: boolean
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
  'screening.instruments': () => allow(),
  'screening.instrument': mayUse,
  'screening.xform': mayUse,
  'screening.check-sheet': mayEdit,
  'screening.import-instrument': mayEdit,
  'screening.publish-instrument': mayEdit,
  'screening.withdraw-instrument': mayEdit,
  'screening.export-instrument': mayEdit,
  'screening.interview': (actor: Actor, { access, found }: InterviewFacts) =>
    allowIf(
      { access: works(actor, access), instrument: found === undefined || found.row.whoMayUse.includes(actor.role) },
      'SVC',
      'STA',
    ),
  'screening.interviews': (actor: Actor, { access, wrote }: InterviewsFacts) => {
    if (actor.role === 'officer') return allowIf({ access: access?.own === true }, 'SVC', 'STA')
    const verdict = mayRead(actor, { access, screening: { by: '' } })
    // What they wrote themselves they may read again.
    return verdict.allow && wrote ? allow('SVC', 'STA') : verdict
  },
  'screening.override': (actor: Actor, { access }: { access: CaseAccess | undefined }) =>
    allowIf({ access: works(actor, access) }, 'SVC', 'STA'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
