import fc from 'fast-check'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import { listed, verdict } from './oracle.ts'
import { agrees } from './reply.ts'
import {
  assign,
  clinic,
  complete,
  type Done,
  decide,
  give,
  handOver,
  identify,
  interview,
  locate,
  move,
  note,
  open,
  override,
  record,
  refer,
  refuse,
  type Stage,
  type Step,
  second,
  shelter,
  unit,
  withdraw,
} from './stage.ts'
import type { Case, Compartment, Person, Purpose, Referral, World } from './world.ts'

/**
 * One move of a random history, as numbers: they are read against the world as it is when its turn comes, so that any
 * sequence of moves means something.
 */
export interface Chance {
  readonly kind: (typeof kinds)[number]
  readonly who: number
  /** Whether to look for somebody who may, so that histories get somewhere. */
  readonly able: boolean
  readonly what: number
  readonly how: number
}
const weights = {
  record: 1,
  give: 3,
  send: 6,
  acknowledge: 2,
  accept: 6,
  decline: 1,
  revoke: 2,
  begin: 2,
  finish: 1,
  end: 1,
  withdraw: 2,
  refuse: 1,
  open: 1,
  assign: 4,
  handOver: 1,
  decide: 3,
  second: 3,
  identify: 1,
  locate: 1,
  note: 1,
  complete: 1,
  interview: 1,
  override: 1,
  'cases.read': 2,
  'referrals.caseFile': 1,
  'screening.ofCase': 1,
  'screening.interviews': 1,
  'screening.read': 2,
  'consent.list': 1,
  'referrals.read': 3,
} as const
const kinds = Object.keys(weights) as (keyof typeof weights)[]

const chance = (kind: fc.Arbitrary<Chance['kind']>): fc.Arbitrary<Chance> =>
  fc.record({ kind, who: fc.nat(999), able: fc.nat(9).map(one => one < 8), what: fc.nat(999), how: fc.nat(999) })
/** A history: two people are screened and agree, then anything happens. */
export const histories = fc.tuple(
  fc.tuple(
    chance(fc.constant('record')),
    chance(fc.constant('give')),
    chance(fc.constant('record')),
    chance(fc.constant('give')),
  ),
  fc.array(chance(fc.oneof(...kinds.map(kind => ({ arbitrary: fc.constant(kind), weight: weights[kind] })))), {
    minLength: 25,
    maxLength: 50,
  }),
)

const keys: readonly PersonKey[] = people.map(one => one.key)
const of = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)]
const shares: readonly Compartment[][] = [['ID', 'STA'], ['ID', 'SVC', 'STA'], ['STA'], ['SVC', 'STA']]

/** The command or read that a chance means in this world, by a given person; undefined when it has no object yet. */
function stepOf(world: World, by: PersonKey, { kind, what, how }: Chance): Step | undefined {
  const one = of<Case>([...world.cases.values()], what)
  const referral = of<Referral>([...world.referrals.values()], what)
  const coordinators = keys.filter(key => people.find(person => person.key === key)!.role === 'coordinator')
  if (kind === 'record') return record(by, uuidv7(), how % 3 > 0)
  if (kind === 'handOver') return handOver(by, of(coordinators, what)!, of(coordinators, what + 1)!)
  if (!one) return undefined
  const read = (operation: string, params: Record<string, string>): Step => ({
    by,
    operation,
    parts: { params },
    target: params,
    apply: () => {},
  })
  const consent = of(one.consents, how)
  const live = of(
    one.consents.filter(each => !each.withdrawn),
    how,
  )
  const screening = of(one.screenings, how)!.id
  switch (kind) {
    case 'give':
      return give(by, one.id, {
        recipients: of([[unit], [unit, shelter], [unit, shelter, clinic], [shelter, clinic]], how)!,
        compartments: of(
          [
            ['ID', 'STA'],
            ['ID', 'SVC', 'STA'],
          ] as Compartment[][],
          what + how,
        )!,
        purposes: of<Purpose[]>(
          [['services', 'identification'], ['services', 'identification'], ['services'], ['identification']],
          what + 2 * how,
        )!,
        withhold: how % 5 === 0 ? [{ recipient: shelter, compartments: ['ID'] }] : [],
      })
    case 'refuse':
      return refuse(by, one.id)
    case 'withdraw':
      return live && withdraw(by, one.id, live.id)
    case 'send': {
      if (!consent) return undefined
      const kindOf = how % 2 === 0 ? 'identification' : 'service'
      const to = kindOf === 'identification' ? unit : of([shelter, clinic, shelter, unit], what)!
      return refer(by, { case: one.id, kind: kindOf, to, consent: consent.id, share: of(shares, what + how)! })
    }
    case 'acknowledge':
    case 'accept':
    case 'decline':
    case 'revoke':
    case 'begin':
    case 'finish':
    case 'end':
      return referral && move(by, kind, referral.id)
    case 'open':
      return open(by, one.id)
    case 'assign':
      return assign(by, one.id, of(coordinators, how)!)
    case 'decide':
      return decide(by, one.id, one.screenings[0]!.id, how % 3 === 0 ? 'positive' : 'negative')
    case 'second': {
      const decision = of(one.decisions, how)
      return decision && second(by, one.id, decision.id, how % 3 === 0 ? 'returned' : 'confirmed')
    }
    case 'identify':
      return identify(by, one.id)
    case 'locate':
      return locate(by, one.id)
    case 'note':
      return note(by, one.id)
    case 'complete':
      return complete(by, screening)
    case 'interview':
      return interview(by, one.id, how % 2 === 0 ? 'short-screen' : 'interview-adult')
    case 'override': {
      const about = of(one.interviews, how)
      return about && override(by, about.id)
    }
    case 'screening.read':
      return read(kind, { screening })
    case 'referrals.read':
      return referral && read(kind, { referral: referral.id })
    default:
      return read(kind, { case: one.id })
  }
}

/** The step with its person: whoever the numbers name, or the next after them who may. */
export function chosen(world: World, person: (key: PersonKey) => Person, one: Chance): Step | undefined {
  const first = stepOf(world, of(keys, one.who)!, one)
  if (!first || !one.able) return first
  for (let at = 0; at < keys.length; at += 1) {
    const by = of(keys, one.who + at)!
    const step = stepOf(world, by, one)!
    if (['allow', 'done'].includes(verdict(world, person(by), step.operation, step.target))) return step
  }
  return first
}

export interface Told {
  /** The same for differences that have the same cause, as far as one can tell from outside. */
  readonly kind: string
  readonly detail: string
}
const roleOf = (key: string) => people.find(one => one.key === key)!.role
const stateOf = (world: World, target: Done['step']['target']): string => {
  const referral = target.referral ? world.referrals.get(target.referral) : undefined
  const id = target.case ?? referral?.case
  const one = id
    ? world.cases.get(id)
    : [...world.cases.values()].find(each => each.screenings.some(screening => screening.id === target.screening))
  return [
    referral && `${referral.kind} referral ${referral.status}`,
    one && `case ${one.status}, ${one.holder ? 'held' : 'not held'}${one.coordinator ? ', in charge' : ''}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Earlier histories of the same database are over and of no concern. */
const knows = (world: World, id: string): boolean =>
  world.cases.has(id) ||
  world.referrals.has(id) ||
  [...world.cases.values()].some(one => one.screenings.some(each => each.id === id))

/** Plays one history; answers every difference between the server's answers and the oracle. */
export async function playHistory(stage: Stage, chances: readonly Chance[]): Promise<{ told: Told[]; log: string[] }> {
  const told: Told[] = []
  const log: string[] = []
  for (const one of chances) {
    const step = chosen(stage.world, stage.person, one)
    if (!step) continue
    const before = stateOf(stage.world, step.target)
    const { expected, reply } = await stage.perform(step)
    const line = `${log.length} ${step.by} ${step.operation} ${JSON.stringify(step.target)} -> ${reply.status}`
    log.push(line)
    if (!agrees(expected, reply))
      told.push({
        kind: `${roleOf(step.by)} ${step.operation} (${before}): expected ${expected}, got ${reply.status}`,
        detail: line,
      })
  }
  for (const key of keys)
    for (const [operation, box] of [
      ['cases.list', undefined],
      ['screening.list', undefined],
      ['referrals.list', 'inbox'],
      ['referrals.list', 'sent'],
    ] as const) {
      const person = stage.person(key)
      const reply = await stage.send(key, operation, { query: { limit: '100', ...(box ? { box } : {}) } })
      if (!agrees(verdict(stage.world, person, operation), reply)) {
        told.push({ kind: `${person.role} ${operation} ${box ?? ''}: got ${reply.status}`, detail: key })
        continue
      }
      if (reply.status !== 200) continue
      const got = new Set(reply.json<{ items: { id: string }[] }>().items.map(item => item.id))
      const should = listed(stage.world, person, operation, box)
      const about = `${person.role} ${operation} ${box ?? ''}`
      for (const id of got)
        if (!should.has(id) && knows(stage.world, id))
          told.push({ kind: `${about}: holds too much`, detail: `${key} ${id}` })
      for (const id of should)
        if (!got.has(id)) told.push({ kind: `${about}: holds too little`, detail: `${key} ${id}` })
    }
  return { told, log }
}
