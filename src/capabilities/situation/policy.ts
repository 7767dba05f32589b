import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'
import type { AssessmentState } from './contract.ts'

export interface AssessmentFacts {
  readonly assessment: {
    readonly state: AssessmentState
    /** Whom it is about; null where it is about an area. */
    readonly organisation: string | null
    readonly first: string
    readonly second: string | null
  }
}
export interface ActionFacts {
  /** The organisation that said it would do it. */
  readonly owner: string
}

const readers: readonly string[] = ['secretariat', 'intake', 'coordinator', 'provider', 'shelter-manager']
const planners: readonly string[] = ['secretariat', 'intake', 'coordinator']
const ofUnit: readonly string[] = ['intake', 'coordinator']
const helps: readonly string[] = ['provider', 'shelter-manager']

/** The office of the country's task force. */
const isOffice = ({ role }: Actor): boolean => role === 'secretariat'
const office: Rule<unknown> = actor => allowIf({ role: isOffice(actor) })
const isAssessor = ({ user }: Actor, { assessment: { first, second } }: AssessmentFacts): boolean =>
  first === user || second === user

/** The office reads all of the country; others what is finished: the unit everything, a provider what is about itself. */
const reads: Rule<AssessmentFacts> = (actor, { assessment: { state, organisation } }) =>
  allowIf({
    place:
      isOffice(actor) ||
      (state === 'finished' &&
        (ofUnit.includes(actor.role) || (helps.includes(actor.role) && organisation === actor.organisation))),
  })
/**
 * The two assessors, and nobody else; whoever of the office comes while there is one only becomes the second. Nobody
 * assesses the organisation that they work for.
 */
const answers: Rule<AssessmentFacts> = (actor, facts) =>
  allowIf({
    role: isOffice(actor),
    assessor: facts.assessment.second === null || isAssessor(actor, facts),
    another: facts.assessment.organisation !== actor.organisation,
  })
const settles: Rule<AssessmentFacts> = (actor, facts) =>
  allowIf({ role: isOffice(actor), assessor: isAssessor(actor, facts) })

export const policy = {
  'situation.list': actor => allowIf({ role: readers.includes(actor.role) }),
  'situation.read': reads,
  'situation.make': office,
  'situation.hand-in': answers,
  'situation.add-picture': answers,
  'situation.picture': office,
  'situation.settle': settles,
  'situation.finish': settles,
  'situation.drop': settles,
  'situation.add-action': office,
  'situation.actions': actor => allowIf({ role: readers.includes(actor.role) }),
  /** Who said they would do it says that it is done. */
  'situation.finish-action': (actor, { owner }: ActionFacts) =>
    allowIf({
      owner:
        isOffice(actor) ||
        ((ofUnit.includes(actor.role) || helps.includes(actor.role)) && owner === actor.organisation),
    }),
  'situation.drop-action': office,
  'situation.coverage': actor => allowIf({ role: planners.includes(actor.role) }),
  /** On paper as on the screen: what is finished, for whoever may read it. */
  'situation.report': reads,
} satisfies Record<string, Rule<never>>
