/**
 * What the policy must answer, for every tuple, read from the access table of the design (§3.3) and the rules over it
 * (§3.4, §3.5). Pure and total; what nothing grants is denied.
 */

import { type Grant, grantOf } from './reading.ts'
import { type Answer, DENY, hasBasis, RULES } from './rules.ts'
import { TABLE } from './table.ts'
import type { Tuple } from './vocabulary.ts'

export type { Answer } from './rules.ts'

const stands = (tuple: Tuple, where: Grant['where']): boolean => {
  switch (where) {
    case 'anywhere':
      return true
    case 'standing':
      return tuple.relation !== 'none'
    case 'own-agency':
      return tuple.relation === 'own-agency' || tuple.relation === 'assigned'
    case 'assigned':
      return tuple.relation === 'assigned'
  }
}

const qualifies = (tuple: Tuple, only: Grant['only']): boolean => {
  switch (only) {
    case undefined:
      return true
    case 'order':
      return tuple.order === true
    case 'clinician':
      return tuple.clinician === true
    case 'care':
    case 'police':
      return tuple.agency === only
  }
}

/** The first thing a cell asks for that the tuple lacks, or undefined when the cell grants. */
const lacks = (tuple: Tuple, grant: Grant | undefined): string | undefined => {
  if (!grant) return `no letter for ${tuple.action}`
  if (!stands(tuple, grant.where)) return `needs relation ${grant.where}`
  if (!qualifies(tuple, grant.only)) return `only ${grant.only}`
  if (grant.basis && !hasBasis(tuple)) return 'mark c: needs a live basis'
  return undefined
}

/** What the cell alone says, before any rule. */
const cell = (tuple: Tuple): Answer => {
  const grant = grantOf(tuple.role, tuple.resource, tuple.action)
  if (!grant || lacks(tuple, grant)) return DENY
  return { verdict: grant.shows, obligation: grant.second ? 'second-person' : 'none' }
}

/** The answer of a given cell after every rule has been laid over it. */
export const ruled = (tuple: Tuple, says: (tuple: Tuple) => Answer): Answer => {
  let answer = says(tuple)
  for (const rule of RULES) answer = rule.over(tuple, answer, says) ?? answer
  return answer
}

/** { verdict: 'allow' | 'deny' | 'masked' | 'numbers', obligation: 'none' | 'second-person' | 'step-up' }. */
export const expected = (tuple: Tuple): Answer => ruled(tuple, cell)

const show = (answer: Answer): string =>
  answer.obligation === 'none' ? answer.verdict : `${answer.verdict} + ${answer.obligation}`

/** The cell and each rule that changed its answer, in order, one line each; the last line decided. */
export const why = (tuple: Tuple): string[] => {
  const lack = lacks(tuple, grantOf(tuple.role, tuple.resource, tuple.action))
  let answer = cell(tuple)
  const printed = `§3.3 ${tuple.role} × ${tuple.resource} «${TABLE[tuple.role][tuple.resource]}»`
  const lines = [`${printed}: ${show(answer)}${lack ? ` (${lack})` : ''}`]
  for (const rule of RULES) {
    const next = rule.over(tuple, answer, cell) ?? answer
    if (show(next) !== show(answer)) lines.push(`${rule.name} (${rule.source}): ${show(next)}`)
    answer = next
  }
  return lines
}
