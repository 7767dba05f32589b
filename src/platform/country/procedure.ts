import * as z from 'zod/mini'
import { clockCodes, marks } from './vocabulary.ts'

// A country's identification procedure as data. States and moves bear names of a closed vocabulary, so that the database,
// the screens and the words know all of them; which of them a country has, how they are joined, who may move what and on
// what conditions is the country's own. Model: two stages with reconsideration, after the practice described in
// the Council of Europe Convention, articles 10 and 13; all of it a proposal that a national lawyer signs with the pack.

/** Where the identification of a person stands. */
export const identificationStates = [
  'none',
  'pending',
  'proposed-negative',
  'reasonable-grounds',
  'no-reasonable-grounds',
  'reconsidering-reasonable-grounds',
  'proposed-reasonable-grounds-again',
  'conclusive-pending',
  'proposed-conclusive-negative',
  'conclusive-grounds',
  'no-conclusive-grounds',
  'reconsidering-conclusive-grounds',
  'proposed-conclusive-grounds-again',
  'withdrawn',
  'transferred',
  'missing',
  'deceased',
] as const
export type IdentificationState = (typeof identificationStates)[number]

/** What a person does that moves it; the first five are decisions. */
export const procedureMoves = [
  'decide-positive',
  'decide-negative',
  'confirm-positive',
  'confirm-negative',
  'return',
  'review-recovery',
  'end-recovery',
  'request-reconsideration',
  'withdraw',
  'transfer',
  'report-missing',
  'record-death',
  'reopen',
  'find',
] as const
export type ProcedureMoveCode = (typeof procedureMoves)[number]

export const stageCodes = ['reasonable-grounds', 'conclusive-grounds'] as const
export type StageCode = (typeof stageCodes)[number]

/** What a move asks for. `elements`: act, means, purpose as codes; `grounds`: a line on each; `evidence`: records of the case. */
export const moveNeeds = ['elements', 'grounds', 'evidence', 'reasons', 'second-person', 'country'] as const
export type MoveNeed = (typeof moveNeeds)[number]

/** HTCDS 2.0, vic_TraffickingStatus. */
export const traffickingStatuses = [
  'PossibleVictimOfTrafficking',
  'ActualVictimOfTrafficking',
  'NotAVictimOfTrafficking',
] as const

export const procedureRoles = ['intake', 'coordinator', 'decision-maker'] as const
export type ProcedureRole = (typeof procedureRoles)[number]

/** Back to where it stood before it was interrupted. */
export const whereItWas = 'where-it-was'

/** A case begins here: not referred yet, or referred. */
export const beginnings: readonly IdentificationState[] = ['none', 'pending']
/** What only a negative decision leads to, and so only a second person. */
export const negativeStates: readonly IdentificationState[] = ['no-reasonable-grounds', 'no-conclusive-grounds']
/** A decision of somebody who decided nothing of this case before. */
export const reconsideringStates: readonly IdentificationState[] = [
  'reconsidering-reasonable-grounds',
  'reconsidering-conclusive-grounds',
]

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(2000))
const localText = z.record(z.string().check(z.regex(/^[a-z]{2,3}$/, 'must be a language code such as en')), text)
const stateCode = z.enum(identificationStates)

const state = z.strictObject({
  code: stateCode,
  /** What the person counts as here; null: as before. */
  status: z.nullable(z.enum(traffickingStatuses)),
  /** Over, unless somebody reopens it or asks for it again. */
  ends: z.boolean(),
  /** A proposal waits here for its second person. */
  seconded: z.boolean(),
  /** Every clock of the case stands still here. */
  pauses: z.boolean(),
})
const move = z.strictObject({
  code: z.enum(procedureMoves),
  from: z.array(stateCode).check(z.minLength(1)),
  to: z.union([stateCode, z.literal(whereItWas)]),
  /** People only: there is no way to say that a clock moves anything. */
  roles: z.array(z.enum(procedureRoles)).check(z.minLength(1)),
  needs: z.array(z.enum(moveNeeds)),
  /** Of which stage it is the decision; null for what decides nothing. */
  stage: z.nullable(z.enum(stageCodes)),
  starts: z.array(z.enum(clockCodes)),
  stops: z.array(z.enum(clockCodes)),
})
const notice = z.strictObject({
  /** The state for which the person is handed a notice. */
  state: stateCode,
  /** The clock until which they can ask for something; null: none. */
  until: z.nullable(z.enum(clockCodes)),
})

/** A country's procedure. What a shape cannot say is checked by `procedureFlaws`. */
export const Procedure = z.strictObject({
  /** In their order; a country may have one only. */
  stages: z
    .array(
      z.strictObject({
        code: z.enum(stageCodes),
        /** How sure the decision maker has to be, in the country's languages. */
        thresholds: localText,
      }),
    )
    .check(z.minLength(1), z.maxLength(2)),
  states: z.array(state).check(z.minLength(1)),
  moves: z.array(move).check(z.minLength(1)),
  notices: z.array(notice),
  source: z.nullable(text),
  verified: z.enum(marks),
  note: z.optional(text),
})
export type Procedure = z.infer<typeof Procedure>
export type ProcedureState = Procedure['states'][number]
export type ProcedureMove = Procedure['moves'][number]

/** The state of this code, or undefined where the country has none. */
export const findState = (procedure: Procedure, code: IdentificationState): ProcedureState | undefined =>
  procedure.states.find(one => one.code === code)

/** The moves that lead out of a state. */
export const movesFrom = (procedure: Procedure, state: IdentificationState): ProcedureMove[] =>
  procedure.moves.filter(one => one.from.includes(state))

/** The move of this code out of a state, or undefined where there is none. */
export const findMove = (
  procedure: Procedure,
  state: IdentificationState,
  code: ProcedureMoveCode,
): ProcedureMove | undefined => movesFrom(procedure, state).find(one => one.code === code)

/** Where a move leads. `before` is where the case stood when it was interrupted. */
export const targetOf = (move: ProcedureMove, before: IdentificationState | null): IdentificationState | undefined =>
  move.to === whereItWas ? (before ?? undefined) : move.to
