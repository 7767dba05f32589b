/** One walk over every tuple: what the table says, what the product says, and under which heading each difference stands. */

import { everyWithFacts } from './every.ts'
import { cellsOf, EXCEPTIONS, type Exception, holds, placeOf } from './exceptions.ts'
import { NOT_BUILT } from './narrower.ts'
import { expected, why } from './oracle.ts'
import { type Given, product } from './product.ts'
import { type Answer, RULES } from './rules.ts'
import type { Tuple } from './vocabulary.ts'

const say = ({ verdict, obligation }: Answer): string => (obligation === 'none' ? verdict : `${verdict}+${obligation}`)
const rank = { deny: 0, numbers: 1, masked: 2, allow: 3 } as const
/** Which way the product differs: it shows more, or as much with less asked for. */
const direction = (wanted: Answer, has: Answer): 'wider' | 'narrower' => {
  const more = rank[has.verdict] - rank[wanted.verdict]
  return more > 0 || (more === 0 && has.obligation === 'none') ? 'wider' : 'narrower'
}
/** A conflict list is of a case or a lead: an account is neither. */
const unasked = ({ conflict, resource }: Tuple): boolean => conflict === true && resource === 'users'

const byPlace = new Map<string, Exception[]>()
for (const one of EXCEPTIONS) for (const place of cellsOf(one)) byPlace.set(place, [...(byPlace.get(place) ?? []), one])

/** 'role column act' → the reason that nothing of it is there. */
const notBuilt = new Map<string, string>()
for (const { who, what, act, why: reason } of NOT_BUILT)
  for (const role of who)
    for (const resource of what) for (const action of act) notBuilt.set(`${role} ${resource} ${action}`, reason)

export interface Comparison {
  readonly counts: Record<'compared' | 'plain' | 'equal' | 'notBuilt' | 'narrower' | 'wider' | 'unasked', number>
  /** Name of an exception → how many tuples needed it. */
  readonly needed: Map<string, number>
  /** Places and answers of exceptions that no tuple needed. */
  readonly slack: string[]
  /** Differences that nothing explains, one line for each cell, with a tuple of it. */
  readonly unexplained: Map<string, string>
  /** Cells of NOT_BUILT that answer somebody, and reasons under which the table would grant nothing. */
  readonly built: Set<string>
  readonly pointless: Set<string>
  /** F1, F2, F6, F7, F8, F11 → where the product stands against it. */
  readonly broken: Map<string, string>
  /** Operations that gave the most somewhere. */
  readonly given: Set<string>
}

const held = RULES.filter(one => ['F1', 'F2', 'F6', 'F7', 'F11'].includes(one.name))

async function breaks(tuple: Tuple, has: Given): Promise<string | undefined> {
  if (has.verdict === 'deny') return undefined
  for (const rule of held) {
    const ruled = rule.over(tuple, has, () => has) ?? has
    if (say(ruled) !== say(has)) return rule.name
  }
  // A share whose consent is over is no relation at all; an order is another basis.
  if (tuple.relation !== 'shared' || tuple.consent === 'live' || tuple.order) return undefined
  return say(await product({ ...tuple, relation: 'none' })) === say(has) ? undefined : 'F8'
}

/** Compares every tuple with the further facts. */
export async function compare(): Promise<Comparison> {
  const counts = { compared: 0, plain: 0, equal: 0, notBuilt: 0, narrower: 0, wider: 0, unasked: 0 }
  const found: Comparison = {
    ...{ counts, needed: new Map(), slack: [], unexplained: new Map(), built: new Set() },
    ...{ pointless: new Set(notBuilt.values()), broken: new Map(), given: new Set() },
  }
  const met = new Set<string>()
  for (const tuple of everyWithFacts()) {
    if (unasked(tuple)) {
      counts.unasked += 1
      continue
    }
    counts.compared += 1
    if (!tuple.order && !tuple.conflict && !tuple.agency && !tuple.clinician) counts.plain += 1
    const wanted = expected(tuple)
    const answer = product(tuple)
    const has = answer instanceof Promise ? await answer : answer
    if (has.by) found.given.add(has.by)
    const cell = `${tuple.role} ${tuple.resource} ${tuple.action}`
    const reason = notBuilt.get(cell)
    if (reason !== undefined) {
      if (has.verdict !== 'deny') found.built.add(`${cell} (${has.by})`)
      if (wanted.verdict !== 'deny') found.pointless.delete(reason)
    }
    const rule = has.verdict === 'deny' ? undefined : await breaks(tuple, has)
    if (rule) found.broken.set(`${rule} ${cell}`, `${JSON.stringify(tuple)} has ${say(has)} by ${has.by}`)
    if (wanted.verdict === has.verdict && wanted.obligation === has.obligation) {
      counts.equal += 1
      continue
    }
    if (reason !== undefined && has.verdict === 'deny') {
      counts.notBuilt += 1
      continue
    }
    explain(tuple, wanted, has, found, met)
  }
  for (const one of EXCEPTIONS) {
    for (const place of cellsOf(one)) if (!met.has(`${one.name}: ${place}`)) found.slack.push(`${one.name}: ${place}`)
    for (const answer of one.says) if (!met.has(`${one.name} = ${answer}`)) found.slack.push(`${one.name} = ${answer}`)
  }
  return found
}

function explain(tuple: Tuple, wanted: Answer, has: Given, found: Comparison, met: Set<string>): void {
  const way = direction(wanted, has)
  const place = placeOf(tuple)
  const one = byPlace.get(place)?.find(each => each.is === way && each.says.includes(say(has)) && holds(each, tuple))
  if (one) {
    found.counts[one.is] += 1
    found.needed.set(one.name, (found.needed.get(one.name) ?? 0) + 1)
    met.add(`${one.name}: ${place}`).add(`${one.name} = ${say(has)}`)
    return
  }
  const line = `${place}: the table says ${say(wanted)}, the product ${say(has)} (${has.by ?? 'nothing'})`
  if (!found.unexplained.has(line))
    found.unexplained.set(line, `${JSON.stringify(tuple)}\n    ${why(tuple).join('\n    ')}`)
}
