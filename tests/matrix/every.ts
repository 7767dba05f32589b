/** Every tuple of the access matrix. Run this file to print how many there are, and the verdicts of each role. */

import { expected } from './oracle.ts'
import {
  ACTIONS,
  BREAK_GLASS,
  CONSENTS,
  RELATIONS,
  RESOURCES,
  ROLES,
  type Role,
  type Tuple,
  type Verdict,
} from './vocabulary.ts'

/** role 19 × resource 17 × action 7 × relation 4 × consent 5 × break-glass 3 = 135,660 (128,520 without the 19th). */
export function* every(roles: readonly Role[] = ROLES): Generator<Tuple> {
  for (const role of roles)
    for (const resource of RESOURCES)
      for (const action of ACTIONS)
        for (const relation of RELATIONS)
          for (const consent of CONSENTS)
            for (const breakGlass of BREAK_GLASS) yield { role, resource, action, relation, consent, breakGlass }
}

/** The qualifications a role's own cells ask for; the first is always "not stated". */
const qualities = (role: Role): Pick<Tuple, 'agency' | 'clinician'>[] => {
  if (role === 'supervisor') return [{}, { agency: 'care' }, { agency: 'police' }]
  return role === 'provider' ? [{}, { clinician: true }] : [{}]
}

/** `every` × order 2 × conflict 2 × a supervisor's agency 3 × a provider's being a clinician 2 = 628,320. */
export function* everyWithFacts(): Generator<Tuple> {
  for (const role of ROLES)
    for (const quality of qualities(role))
      for (const order of [false, true])
        for (const conflict of [false, true])
          for (const tuple of every([role])) yield { ...tuple, ...quality, order, conflict }
}

/** { role: { verdict: how many tuples } }. */
export const tally = (tuples: Iterable<Tuple>): Map<Role, Record<Verdict, number>> => {
  const counts = new Map<Role, Record<Verdict, number>>(
    ROLES.map(role => [role, { allow: 0, masked: 0, numbers: 0, deny: 0 }]),
  )
  for (const tuple of tuples) counts.get(tuple.role)![expected(tuple).verdict] += 1
  return counts
}

const print = (title: string, tuples: Iterable<Tuple>): void => {
  const counts = tally(tuples)
  const total = [...counts.values()].reduce((sum, row) => sum + row.allow + row.masked + row.numbers + row.deny, 0)
  console.log(`${title}: ${total} tuples`)
  console.table(Object.fromEntries(counts))
}

if (import.meta.main) {
  print('every', every())
  print('with further facts', everyWithFacts())
}
