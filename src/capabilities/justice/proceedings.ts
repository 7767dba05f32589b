import type { Role } from '#platform/policy/roles.ts'

// The criminal track: what follows what on the way of a lead to a court. Its words are those of the courts of the region
// (committal and indictment are both `charged`; an appeal may lead to a new trial).

/** Which states follow which; the first is where every lead begins. */
export const proceedingMoves = {
  'not-begun': ['investigation'],
  investigation: ['with-prosecutor', 'ended'],
  'with-prosecutor': ['charged', 'not-charged', 'sent-back'],
  'sent-back': ['with-prosecutor', 'ended'],
  'not-charged': ['charged', 'sent-back'],
  charged: ['trial', 'withdrawn'],
  trial: ['convicted', 'acquitted', 'withdrawn'],
  convicted: ['appealed'],
  acquitted: ['appealed'],
  appealed: ['convicted', 'acquitted', 'trial'],
  withdrawn: ['charged'],
  ended: ['investigation'],
} as const satisfies Record<string, readonly string[]>
export type ProceedingState = keyof typeof proceedingMoves
export const proceedingStates = Object.keys(proceedingMoves) as [ProceedingState, ...ProceedingState[]]

const police: ReadonlySet<ProceedingState> = new Set(['investigation', 'with-prosecutor', 'ended'])
/**
 * What may follow, for whoever says so: an investigator of the body writes down every step, also what a court did; a
 * prosecutor with whom the lead is shared those that come once it is with them.
 */
export function statesAfter(state: ProceedingState, role: Role): readonly ProceedingState[] {
  const all: readonly ProceedingState[] = proceedingMoves[state]
  if (role === 'investigator') return all
  return role === 'prosecutor' ? all.filter(one => !police.has(one)) : []
}
