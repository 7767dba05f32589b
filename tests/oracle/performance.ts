import { organisationId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Target, Verdict } from './oracle.ts'
import type { Person } from './world.ts'

// Who reads how referrals go, in numbers, said a second time.

const unit = organisationId('counter-trafficking-unit')
const names = ['referrals.performance', 'referrals.performanceCsv']
/** Undefined: not an operation of the numbers. */
export function ofPerformance(person: Person, operation: string, _it: unknown, target: Target): Verdict | undefined {
  if (!names.includes(operation)) return undefined
  const { role, organisation } = person
  const ofTheUnit = ['intake', 'coordinator'].includes(role)
  if (target.organisation === unit)
    return role === 'secretariat' || ((ofTheUnit || role === 'supervisor') && organisation === unit) ? 'allow' : 'deny'
  return ofTheUnit || role === 'provider' || role === 'shelter-manager' ? 'allow' : 'deny'
}

/** Of the country, and of their own organisation. */
export const performanceLists = (by: PersonKey): Attempt[] =>
  names.flatMap(operation =>
    (['country', 'own'] as const).map(of => ({
      ...{ by, operation, about: of, parts: { query: { of, quarter: '2026-Q4' } } },
      target: of === 'country' ? { organisation: unit } : {},
    })),
  )
