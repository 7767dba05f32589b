/**
 * What the product answers to a tuple: every mounted operation that does what the tuple asks about, in every way in which
 * the tuple's relation can stand in the database, each by its own facts and rules. The most that any of them gives.
 */

import { handedCompartments } from '#capabilities/justice/contract.ts'
import { mayHold } from '#platform/policy/bodies.ts'
import { compartments } from '#platform/policy/compartments.ts'
import { type Role, roles } from '#platform/policy/roles.ts'
import { ask, fenceFor, MOUNTED, type Outcome } from './ask.ts'
import { seen as rowsOf, type Scene } from './database.ts'
import { ENTRIES, type Entry } from './operations.ts'
import {
  agreedOf,
  BODY,
  type GlimpseRow,
  glassOf,
  kindOf,
  ME,
  NOW,
  OTHER,
  orderOf,
  type Standing,
  standingsOf,
} from './rows.ts'
import type { Answer } from './rules.ts'
import type { Action, Resource, Tuple, Verdict } from './vocabulary.ts'

const DENY: Answer = { verdict: 'deny', obligation: 'none' }
const isCompartment = (column: Resource): boolean => (compartments as readonly string[]).includes(column)
const inProduct = (role: string): role is Role => (roles as readonly string[]).includes(role)

/** The operations asked under one column and act; whether any reads through a glimpse, whether any handler runs. */
interface Cell {
  readonly entries: (readonly [string, Entry])[]
  looks: boolean
  runs: boolean
}
const CELLS = new Map<string, Cell>()
for (const [id, entry] of Object.entries(ENTRIES))
  for (const column of entry.to)
    for (const action of entry.does) {
      const cell = CELLS.get(`${column} ${action}`) ?? { entries: [], looks: false, runs: false }
      CELLS.set(`${column} ${action}`, cell)
      cell.entries.push([id, entry])
      cell.looks ||= entry.byOrder === true || entry.throughGlass !== undefined
      cell.runs ||= entry.runs === true || entry.ledger === true || entry.byConsent === true
    }

/** Live, and the asker's own. */
const isOpen = (one: GlimpseRow): boolean => one.principal === ME && one.until > NOW

const asked = new Map<string, Answer>()
const names = new Map<unknown, number>()
/** A short name for what is asked about again and again. */
const nameOf = (text: string): number => {
  const name = names.get(text) ?? names.size
  names.set(text, name)
  return name
}
/** The ways in which a relation can stand for this role, and a name for all of them. */
interface Standings {
  readonly all: readonly { readonly at: Standing; readonly name: number }[]
  readonly name: number
}
const standings = new Map<string, Standings>()
const standingsFor = (role: Role, { relation, consent }: Tuple): Standings => {
  const key = `${role} ${relation} ${consent}`
  const made = standings.get(key)
  if (made) return made
  // Only of the competent unit, whose roles are not everybody's, is a case held, or sent to for identification.
  const ofUnit = mayHold(role, { kind: 'competent-authority', competent: true })
  const all = standingsOf(relation, consent)
    .filter(({ folder, referral }) => ofUnit || (folder.holder !== BODY && referral.kind !== 'identification'))
    .map(at => ({ at, name: nameOf(JSON.stringify(at)) }))
  const found = { all, name: nameOf(all.map(one => one.name).join()) }
  standings.set(key, found)
  return found
}

const shown = (entry: Entry, column: Resource, action: Action, { opens, covers }: Outcome): Verdict => {
  // What stands in a screening is told to whom the decision lets have its key; rows of a compartment are fenced as well.
  if (entry.shows) return entry.shows(isCompartment(column) ? opens : covers, column)
  const looks = action === 'read' || action === 'export'
  return looks && isCompartment(column) && !opens(column as (typeof compartments)[number]) ? 'deny' : 'allow'
}

async function obligationOf(id: string, entry: Entry, scene: Scene, column: Resource): Promise<Answer['obligation']> {
  if (entry.throughGlass) return MOUNTED.get(entry.throughGlass)!.operation.stepUp === undefined ? 'none' : 'step-up'
  if (entry.second === undefined) return 'none'
  if (typeof entry.second === 'string') return 'second-person'
  for (const side of entry.second) if (await ask(id, entry, onBothSides(scene, side), column)) return 'none'
  return 'second-person'
}
/** The same, but the one on the other side is who asks. */
const onBothSides = (scene: Scene, side: 'by' | 'about'): Scene => {
  const { standing } = scene
  const sent = side === 'by' ? { ...standing.referral, from_account: ME } : standing.referral
  return { ...scene, [side]: ME, standing: { ...standing, referral: sent } }
}

async function answerOf(id: string, entry: Entry, scene: Scene, { resource, action }: Tuple): Promise<Answer> {
  const through = entry.throughGlass
  const broken = through && !(await ask(through, {} as Entry, { ...scene, glimpses: [] }, resource))
  const met = through ? { ...scene, by: ME, glimpses: broken ? [] : scene.glimpses } : scene
  const outcome = await ask(id, entry, met, resource)
  if (!outcome || (entry.lists && rowsOf(met, entry.lists).length === 0)) return DENY
  const verdict = shown(entry, resource, action, outcome)
  return verdict === 'deny' ? DENY : { verdict, obligation: await obligationOf(id, entry, met, resource) }
}

const rank = { deny: 0, numbers: 1, masked: 2, allow: 3 } as const
const burden = { none: 2, 'step-up': 1, 'second-person': 0 } as const
/** The wider of two answers: more is shown, or as much with less asked for. */
const wider = (one: Answer, other: Answer): Answer => {
  const more = rank[other.verdict] - rank[one.verdict] || burden[other.obligation] - burden[one.obligation]
  return more > 0 ? other : one
}

/** Whether an entry can be asked at all about such a tuple. */
const applies = (entry: Entry, { order, conflict, resource, relation }: Tuple): boolean => {
  if (entry.byOrder && !entry.byConsent && !order) return false
  // Where there is a conflict there is a case; of a new case's compartments its maker is who they are assigned to.
  return !entry.makes || (!conflict && (!isCompartment(resource) || relation === 'assigned'))
}

/** An answer of the product: { verdict, obligation, by: the operation that gave most }. */
export type Given = Answer & { readonly by?: string }

const answered = new Map<string, Given | Promise<Given>>()
/** What the product answers; at once where the same question was answered before. */
export function product(tuple: Tuple): Given | Promise<Given> {
  const { role, resource, action, breakGlass, order, conflict } = tuple
  const cell = CELLS.get(`${resource} ${action}`)
  if (!cell || !inProduct(role)) return DENY
  const kind = kindOf(tuple)
  const at = standingsFor(role, tuple)
  // Tuples that leave the same in the database are one question.
  const glimpsed = cell.looks ? breakGlass : breakGlass === 'live'
  const key = `${role} ${resource} ${action} ${kind} ${at.name} ${glimpsed} ${order === true} ${conflict === true} ${tuple.relation === 'assigned'} ${cell.runs ? tuple.consent : ''}`
  const known = answered.get(key)
  if (known) return known
  const answer = answerTo(role, kind, at.all, cell, tuple)
  answered.set(key, answer)
  return answer.then(given => {
    answered.set(key, given)
    return given
  })
}

const glimpsesOf = (role: Role, tuple: Tuple): GlimpseRow[] => [
  ...glassOf(tuple, role),
  ...orderOf(tuple, handedCompartments),
  ...agreedOf(tuple, role),
]

async function answerTo(role: Role, kind: string, all: Standings['all'], cell: Cell, tuple: Tuple): Promise<Given> {
  const { resource, action, consent } = tuple
  const glimpses = glimpsesOf(role, tuple)
  const context = { fence: fenceFor(role), kind, glimpses, consent, hidden: tuple.conflict === true }
  const seen = [nameOf(JSON.stringify(glimpses)), glimpses.some(isOpen)]
  let most: Given = DENY
  for (const [id, entry] of cell.entries) {
    if (!applies(entry, tuple)) continue
    const glimpsed = seen[entry.byOrder || entry.throughGlass ? 0 : 1]
    const key = `${id} ${resource} ${action} ${role} ${kind} ${glimpsed} ${context.hidden} ${entry.runs || entry.ledger ? consent : ''}`
    for (const { at, name } of all) {
      const known = asked.get(`${key} ${name}`)
      const found = known ?? (await answerOf(id, entry, { ...context, standing: at, by: OTHER, about: OTHER }, tuple))
      if (!known) asked.set(`${key} ${name}`, found)
      if (wider(most, found) === found) most = { ...found, by: id }
    }
  }
  return most
}
