import type { BodyKind } from '../country/vocabulary.ts'
import { ceilingOf } from './ceiling.ts'
import { ofTheUnit, type Role } from './roles.ts'

// Who may work as what, and where: nobody gives a police officer the keys of a shelter by a slip or on purpose.

/** What of an organisation decides which roles it may hold. */
export interface Body {
  readonly kind: string
  /** the one unit that the country's law names to decide status */
  readonly competent: boolean
}

const care = ['ngo', 'shelter', 'health', 'child-protection'] as const
/** The kinds that may hold a role; a role that is not named may be held anywhere. */
const kindsOf: Partial<Record<Role, readonly BodyKind[]>> = {
  officer: [
    'competent-authority',
    'task-force',
    'labour-inspectorate',
    'police',
    'immigration',
    'coast-guard',
    'child-protection',
    'school',
    'ministry',
    'ngo',
    'health',
    'other',
  ],
  provider: [...care, 'legal-aid', 'other'],
  'shelter-manager': care,
  investigator: ['police'],
  prosecutor: ['police', 'court', 'ministry'],
  secretariat: ['competent-authority', 'task-force', 'ministry'],
}

/** Whether an organisation may hold a role. */
export const mayHold = (role: Role, { kind, competent }: Body): boolean =>
  ofTheUnit.has(role) ? competent : (kindsOf[role]?.includes(kind as BodyKind) ?? true)

/** Whether a second person has to confirm a role before it works; a policy of the database says the same. */
export const takesTwo = (role: Role): boolean => role === 'administrator' || ceilingOf[role] !== 0
