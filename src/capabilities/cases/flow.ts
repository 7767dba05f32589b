import {
  findMove,
  type MoveNeed,
  movesFrom,
  type Procedure,
  type ProcedureMove,
  reconsideringStates,
  type StageCode,
} from '#platform/country/procedure.ts'
import type { CaseStatus, Identification } from './contract.ts'

/** What can be done to a case in each status; the screen draws its buttons from this, the server refuses by it. */
export const caseMoves = {
  new: ['open', 'changeIdentity'],
  opened: ['changeIdentity', 'changeLocation', 'addNote', 'assign'],
  closed: [],
} as const satisfies Record<CaseStatus, readonly string[]>
export type CaseMove = (typeof caseMoves)[CaseStatus][number]

/** The moves that the status of a case allows, whoever asks. */
export const movesOf = (status: CaseStatus): readonly CaseMove[] => caseMoves[status]
export const mayMove = (status: CaseStatus, move: CaseMove): boolean => movesOf(status).includes(move)

/** The moves of the country's procedure that a role has where a case stands. Clocks never move it. */
export const procedureMovesOf = (
  procedure: Procedure,
  status: CaseStatus,
  identification: Identification,
  role: string,
): ProcedureMove[] =>
  status === 'opened'
    ? movesFrom(procedure, identification).filter(({ roles }) => (roles as readonly string[]).includes(role))
    : []

/** The one of them with this code; undefined where it is not to be made. */
export const findProcedureMove = (
  procedure: Procedure,
  status: CaseStatus,
  identification: Identification,
  role: string,
  code: ProcedureMove['code'],
): ProcedureMove | undefined => procedureMovesOf(procedure, status, identification, role).find(one => one.code === code)

export interface NextDecision {
  readonly kind: StageCode | 'reconsideration'
  readonly stage: StageCode
  readonly thresholds: Record<string, string>
  readonly positive: MoveNeed[]
  readonly negative: MoveNeed[]
}
/** The decision that is next where a case stands; undefined where none is. */
export function nextDecision(procedure: Procedure, identification: Identification): NextDecision | undefined {
  const positive = findMove(procedure, identification, 'decide-positive')
  const negative = findMove(procedure, identification, 'decide-negative')
  const stage = positive?.stage ?? negative?.stage
  if (!stage) return undefined
  return {
    kind: reconsideringStates.includes(identification) ? 'reconsideration' : stage,
    stage,
    thresholds: procedure.stages.find(({ code }) => code === stage)?.thresholds ?? {},
    positive: positive?.needs ?? [],
    negative: negative?.needs ?? [],
  }
}
