/**
 * Words in which the facts about the oracle are said. The sets are written out again on purpose, not taken from the
 * rules, so that a slip in the rules' own sets shows.
 */

import assert from 'node:assert/strict'
import { everyWithFacts } from './every.ts'
import { type Answer, expected, ruled, why } from './oracle.ts'
import type { Tuple } from './vocabulary.ts'

/** Every tuple with the further facts, built once. */
export const ALL: readonly Tuple[] = [...everyWithFacts()]

/** Anything but a denial. */
export const opened = (t: Tuple): boolean => expected(t).verdict !== 'deny'
const say = (t: Tuple): string => `${JSON.stringify(t)}\n${why(t).join('\n')}`
/** The value is one of the list. */
export const among = (value: string, ...list: string[]): boolean => list.includes(value)

type When = (t: Tuple) => boolean
type Must = (t: Tuple, answer: Answer) => boolean

const check = (judge: (t: Tuple) => Answer, when: When, must: Must): void => {
  let met = 0
  for (const tuple of ALL) {
    if (!when(tuple)) continue
    met += 1
    if (!must(tuple, judge(tuple))) assert.fail(say(tuple))
  }
  assert.ok(met > 0, 'no tuple met the condition')
}

/** Every tuple with the further facts, for which `when` holds, must satisfy `must`; at least one must be met. */
export const always = (when: When, must: Must): void => check(expected, when, must)

const generous = (): Answer => ({ verdict: 'allow', obligation: 'none' })

/** As `always`, and also if every cell of the table were to allow everything: the rules alone must hold it. */
export const whateverTheTable = (when: When, must: Must): void => {
  always(when, must)
  check(t => ruled(t, generous), when, must)
}

/** Two tuples get the same answer, obligation included. */
export const same = (one: Tuple, other: Tuple): boolean => {
  const [a, b] = [expected(one), expected(other)]
  return a.verdict === b.verdict && a.obligation === b.obligation
}

/** Roles of the police and the prosecution. */
export const police = (t: Tuple): boolean =>
  among(t.role, 'investigator', 'prosecutor') || (t.role === 'supervisor' && t.agency === 'police')
/** Roles of care. */
export const care = (t: Tuple): boolean =>
  among(t.role, 'coordinator', 'provider', 'shelter-manager') || (t.role === 'supervisor' && t.agency === 'care')
/** A live consent, or an order or reviewed vital-interest record. */
export const basis = (t: Tuple): boolean => t.consent === 'live' || t.order === true
/** The compartments of care that F1 names. */
export const careContent = (t: Tuple): boolean => among(t.resource, 'SVC', 'HLT', 'LOC')
/** One of the seven compartments. */
export const compartment = (t: Tuple): boolean => among(t.resource, 'ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA')
