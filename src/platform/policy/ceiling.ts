import { maskOf } from './compartments.ts'
import type { Role } from './roles.ts'

/**
 * The most that row-level security shows each role, whatever a rule allows: the columns of the access matrix.
 * A second fence, so it is stated apart from the rules.
 */
export const ceilingOf = {
  officer: maskOf(['ID', 'STA']),
  intake: maskOf(['ID', 'STA']),
  coordinator: maskOf(['ID', 'SVC', 'HLT', 'LOC', 'STA']),
  'decision-maker': maskOf(['ID', 'STA']),
  provider: maskOf(['ID', 'SVC', 'HLT', 'STA']),
  'shelter-manager': maskOf(['ID', 'SVC', 'HLT', 'LOC', 'STA']),
  supervisor: maskOf(['STA']),
  investigator: maskOf(['ID', 'INV', 'WIT', 'STA']),
  prosecutor: maskOf(['ID', 'INV', 'WIT', 'STA']),
  secretariat: 0,
  analyst: 0,
  trainer: 0,
  'fund-officer': 0,
  donor: 0,
  administrator: 0,
  'data-protection-officer': 0,
} as const satisfies Record<Role, number>
