/**
 * How a printed cell of the access table (§3.3) is read: into one grant per letter. Cells in the plain notation (a
 * letter and its marks) are read as they stand; all others are spelt out in SPELT, which is the list of readings.
 */

import { TABLE } from './table.ts'
import { type Action, CASE_COLUMNS, RESOURCES, type Resource, ROLES, type Role, type Verdict } from './vocabulary.ts'

/**
 * Where a grant holds. 'assigned' and 'own-agency' are the marks a and g (the assigned person counts as own agency);
 * 'standing': any relation but none; 'anywhere': no relation.
 */
export type Where = 'assigned' | 'own-agency' | 'standing' | 'anywhere'

/** A qualification that only single cells ask for. */
export type Only = 'order' | 'clinician' | 'care' | 'police'

/** One letter of one cell: { action, where, basis (mark c), shows, second (mark 2), only }. */
export type Grant = {
  action: Action
  where: Where
  basis: boolean
  shows: Exclude<Verdict, 'deny'>
  second: boolean
  only: Only | undefined
}

const LETTERS = {
  C: 'create',
  R: 'read',
  U: 'update',
  S: 'share',
  X: 'export',
  A: 'approve',
  D: 'erase',
} as const satisfies Record<string, Action>

/** Printed cell → the same in plain notation: letter, marks [agcmn2], and after a colon what has no mark. */
const SPELT: Record<string, string> = {
  '–': '',
  'practice data only': '',
  'C R(own)': 'C Ra',
  'R(own)': 'Ra',
  'R(own file)': 'Ra',
  'C U(own)': 'Ca Ua',
  'C R U / R(own)': 'C R U',
  'R public': 'Rn',
  'R published': 'R',
  'R counts': 'Rn',
  'R technical': 'R',
  'Ra(case log)': 'Ra',
  'Ra (released)': 'Ra',
  'Ra A(accept)': 'Ra A',
  'Ra c': 'Rac',
  'Ra m': 'Ram',
  'Ra 2': 'Ra2',
  'R m': 'Rm',
  'R m c': 'Rmc',
  'C R g U S': 'C Rg U S',
  'Ca Ra Ua (clinician)': 'Ca:clinician Ra:clinician Ua:clinician',
  '**C R U** own shelter': 'Cg Rg Ug',
  'R task ≤ 24 h': 'Ra',
  'R c only by order': 'Rc:order',
  'R c by order': 'Rc:order',
  'g R': 'Rg',
  'g R A': 'Rg Ag',
  'g R (audited)': 'Rg',
  'g R if care agency': 'Rg:care',
  'g R if police': 'Rg:police',
  'R g': 'Rg',
  'U g': 'Ug',
  'Rn g': 'Rgn',
  'g C U (no self)': 'Cg2 Ug2',
  'R (pseudonymous, project-bound)': 'Ram',
  'Rn X': 'Rn Xn',
  'Rn X2': 'Rn Xn2',
  'C U 2': 'C2 U2',
  'rotate 2, never read': 'U2',
  '**R all, A break-glass**': 'R A',
}

const caseColumn = new Set<Resource>(CASE_COLUMNS)

/** An unmarked letter: where it holds depends on the column and on whether it looks, opens, accepts or writes. */
const unmarked = (role: Role, resource: Resource, action: Action, numbers: boolean): Where => {
  if (numbers || !caseColumn.has(resource)) return 'anywhere'
  if (role === 'data-protection-officer') return 'anywhere'
  const opens = resource === 'report' || resource === 'screening'
  if (action === 'create' && opens) return 'anywhere'
  if (action === 'read' || (action === 'approve' && resource === 'screening')) return 'standing'
  return 'own-agency'
}

const grant = (role: Role, resource: Resource, token: string): Grant => {
  const match = /^([CRUSXAD])([agcmn2]*)(?::(order|clinician|care|police))?$/.exec(token)
  if (!match) throw new Error(`cell ${role} × ${resource}: cannot read ${token}`)
  const action = LETTERS[match[1] as keyof typeof LETTERS]
  const has = (mark: string): boolean => match[2]!.includes(mark)
  const where = has('a') ? 'assigned' : has('g') ? 'own-agency' : unmarked(role, resource, action, has('n'))
  const shows = has('n') ? 'numbers' : has('m') ? 'masked' : 'allow'
  return { action, where, basis: has('c'), shows, second: has('2'), only: match[3] as Only | undefined }
}

const grants = (role: Role, resource: Resource): Map<Action, Grant> => {
  const printed = TABLE[role][resource]
  const tokens = (SPELT[printed] ?? printed).split(' ').filter(Boolean)
  return new Map(tokens.map(token => grant(role, resource, token)).map(one => [one.action, one]))
}

const READ = new Map<Role, Map<Resource, Map<Action, Grant>>>(
  ROLES.map(role => [role, new Map(RESOURCES.map(resource => [resource, grants(role, resource)]))]),
)

/** The grant a cell gives for an action, or undefined where the cell has no such letter. */
export const grantOf = (role: Role, resource: Resource, action: Action): Grant | undefined =>
  READ.get(role)!.get(resource)!.get(action)
