import type { CaseStatus, Identification } from './contract.ts'

/** What can be done to a case in each status; the screen draws its buttons from this, the server refuses by it. */
export const caseMoves = {
  new: ['open', 'changeIdentity'],
  opened: ['changeIdentity', 'changeLocation', 'addNote', 'assign', 'decide', 'confirm'],
  closed: [],
} as const satisfies Record<CaseStatus, readonly string[]>

/** Which of the decision's moves are legal where the identification stands. Clocks never move it. */
export const decisionMoves = {
  none: ['decide'],
  pending: ['decide'],
  'proposed-negative': ['confirm'],
  'reasonable-grounds': [],
  'no-reasonable-grounds': [],
} as const satisfies Record<Identification, readonly ('decide' | 'confirm')[]>

export type CaseMove = (typeof caseMoves)[CaseStatus][number]

/** The moves that the state of a case allows, whoever asks. */
export function movesOf(status: CaseStatus, identification: Identification): CaseMove[] {
  const decisions: readonly string[] = decisionMoves[identification]
  return caseMoves[status].filter(move => (move !== 'decide' && move !== 'confirm') || decisions.includes(move))
}
export const mayMove = (status: CaseStatus, identification: Identification, move: CaseMove): boolean =>
  movesOf(status, identification).includes(move)
