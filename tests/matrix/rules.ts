/**
 * The rules that stand over the access table, each under its name in the design: F1–F11 (§3.4), break-glass (§3.5), the
 * sentence on erasure (§3.3) and the consent ledger (design §2). A rule takes the answer so far and gives another, or
 * undefined when it has nothing to say. F4 (no immigration role among the rows) and F12 (no packet among the columns)
 * cannot be said in these tuples.
 */

import {
  CASE_COLUMNS,
  COMPARTMENTS,
  type Obligation,
  type Resource,
  type Role,
  type Tuple,
  type Verdict,
} from './vocabulary.ts'

/** { verdict, obligation }: what the policy must answer. */
export type Answer = { verdict: Verdict; obligation: Obligation }

/** { name, source line, over(tuple, answer so far, the cell's answer on another footing) }. */
export type Rule = {
  name: string
  source: string
  over: (tuple: Tuple, sofar: Answer, cell: (tuple: Tuple) => Answer) => Answer | undefined
}

/** The answer where nothing grants (§3.1: the default branch denies). */
export const DENY: Answer = { verdict: 'deny', obligation: 'none' }

const resources = (...list: Resource[]): Set<Resource> => new Set(list)
const roles = (...list: Role[]): Set<Role> => new Set(list)

const CARE_ONLY = resources('SVC', 'HLT', 'LOC')
const WALLED = resources('INV', 'WIT')
const CASE = resources(...CASE_COLUMNS)
const FOLDER = resources('report', 'screening', ...COMPARTMENTS)
const OPENED = resources('ID', 'SVC')
const POLICE = roles('investigator', 'prosecutor')
const CARE = roles('coordinator', 'provider', 'shelter-manager', 'transport', 'fund-officer')

/** A supervisor whose agency is not known is bound by both sides of the wall. */
const isPolice = (t: Tuple): boolean => POLICE.has(t.role) || (t.role === 'supervisor' && t.agency !== 'care')
const isCare = (t: Tuple): boolean => CARE.has(t.role) || (t.role === 'supervisor' && t.agency !== 'police')

/** A live basis (§3.1): live consent for this purpose, or an order or reviewed vital-interest record. */
export const hasBasis = (t: Tuple): boolean => t.consent === 'live' || t.order === true

const withSecond = (sofar: Answer): Answer | undefined =>
  sofar.verdict === 'deny' || sofar.obligation === 'second-person'
    ? undefined
    : { verdict: sofar.verdict, obligation: 'second-person' }

/** In the order in which they are laid over the table; F11 has the last word. */
export const RULES: readonly Rule[] = [
  {
    name: 'F8',
    source: '§3.4 F8: after withdrawal the next read is denied; §3.1: a share stands on its basis',
    over: (t, _, cell) => (t.relation === 'shared' && !hasBasis(t) ? cell({ ...t, relation: 'none' }) : undefined),
  },
  {
    name: 'ledger',
    source: 'design §2, joint 1: every share cites its consent; §3.1: or another basis (INV passes inside the agency)',
    over: t => (t.action === 'share' && t.resource !== 'INV' && !hasBasis(t) ? DENY : undefined),
  },
  {
    name: 'erasure',
    source: '§3.3, below the table: the DPO proposes, the coordinator confirms, never one person',
    over: t => {
      if (t.action !== 'erase') return undefined
      const holds = t.relation === 'assigned' || t.relation === 'own-agency'
      const party = t.role === 'data-protection-officer' || (t.role === 'coordinator' && holds)
      return party && FOLDER.has(t.resource) ? { verdict: 'allow', obligation: 'second-person' } : DENY
    },
  },
  {
    name: 'break-glass',
    source: '§3.5: read ID + SVC + safety plan only, passkey at the moment; a relation (§3.1), so a letter R is needed',
    over: (t, sofar, cell) => {
      if (t.breakGlass !== 'live' || t.action !== 'read' || !OPENED.has(t.resource)) return undefined
      if (sofar.verdict !== 'deny' || isPolice(t) || t.role === 'survivor') return undefined
      const inClear = cell({ ...t, relation: 'assigned', consent: 'live' }).verdict === 'allow'
      return inClear ? { verdict: 'allow', obligation: 'step-up' } : undefined
    },
  },
  {
    name: 'F1',
    source: '§3.4 F1: police and prosecution never read SVC, HLT, LOC without a live basis naming their agency',
    over: t => {
      const reaches = isPolice(t) && CARE_ONLY.has(t.resource)
      return reaches && (!hasBasis(t) || t.relation === 'none') ? DENY : undefined
    },
  },
  {
    name: 'F2',
    source: '§3.4 F2: care roles never read INV, WIT (confirming the erasure of a case reads nothing)',
    over: t => (isCare(t) && WALLED.has(t.resource) && t.action !== 'erase' ? DENY : undefined),
  },
  {
    name: 'F3',
    source: '§3.4 F3: no care screen shows whether the person cooperates with police; design §10 for the survivor',
    over: (t, sofar) => {
      const shows = (isCare(t) || t.role === 'survivor') && t.resource === 'audit' && sofar.verdict === 'allow'
      return shows ? { verdict: 'masked', obligation: sofar.obligation } : undefined
    },
  },
  {
    name: 'F5',
    source: '§3.4 F5: LOC is never in a list, export or analytics',
    over: (t, sofar) => {
      const leaves = t.action === 'export' || sofar.verdict === 'numbers'
      return t.resource === 'LOC' && leaves ? DENY : undefined
    },
  },
  {
    name: 'F6',
    source: '§3.4 F6: administrators never cause key release; §3.3 keys: rotate, never read',
    over: t => {
      const releases = CASE.has(t.resource) || (t.resource === 'keys' && t.action !== 'update')
      return t.role === 'administrator' && releases ? DENY : undefined
    },
  },
  {
    name: 'F7',
    source: '§3.4 F7: no one approves, reviews or grants for themselves',
    over: (t, sofar) => {
      const grants = t.resource === 'users' && t.action !== 'read'
      return t.action === 'approve' || grants ? withSecond(sofar) : undefined
    },
  },
  {
    name: 'F9',
    source: '§3.4 F9: export of more than 50 identities needs a second person',
    over: (t, sofar) => (t.action === 'export' && CASE.has(t.resource) ? withSecond(sofar) : undefined),
  },
  {
    name: 'F10',
    source: '§3.4 F10: outputs from fewer than k persons are suppressed',
    over: (t, sofar) => {
      const raw = t.resource === 'aggregates' && sofar.verdict === 'allow'
      return raw ? { verdict: 'numbers', obligation: sofar.obligation } : undefined
    },
  },
  {
    name: 'F11',
    source: '§3.4 F11: conflict of interest denies all, including break-glass',
    over: t => (t.conflict ? DENY : undefined),
  },
]
