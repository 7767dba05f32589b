/**
 * The closed lists of the access matrix: who, what, which act, on which footing. Source: the access table of the
 * design (§3.3: 18 rows, 17 columns, 7 letters) and its model (§3.1: relation, basis, break-glass).
 */

/**
 * The 18 rows of the table, top to bottom, and a 19th. 'decision-maker' is not a row of the table: a decision maker of
 * the competent unit, who takes the named identification decisions. Reads identity and coded data as intake does, and
 * is the only role that approves a decision on status (approve on STA).
 */
export const ROLES = [
  'public-reporter',
  'survivor',
  'officer',
  'intake',
  'coordinator',
  'provider',
  'shelter-manager',
  'transport',
  'investigator',
  'prosecutor',
  'supervisor',
  'secretariat',
  'analyst',
  'trainer',
  'fund-officer',
  'donor',
  'administrator',
  'data-protection-officer',
  'decision-maker',
] as const

/** The 17 columns of the table, left to right. 'plan' is the national plan; a safety plan belongs to SVC. */
export const RESOURCES = [
  'report',
  'screening',
  'ID',
  'SVC',
  'HLT',
  'LOC',
  'INV',
  'WIT',
  'STA',
  'consent',
  'plan',
  'aggregates',
  'learning',
  'fund',
  'users',
  'audit',
  'keys',
] as const

/** The seven letters of the legend: C R U S X A D. */
export const ACTIONS = ['create', 'read', 'update', 'share', 'export', 'approve', 'erase'] as const

/**
 * The strongest footing the person has on the object.
 * 'assigned': a named person's own or assigned case, or the case made by them · 'own-agency': their organisation holds
 * the case or took on a referral that stands · 'shared': a live referral or share names their organisation.
 */
export const RELATIONS = ['none', 'assigned', 'own-agency', 'shared'] as const

/** The consent on which a share or a `c` cell would stand; 'other-purpose' is live, but for another purpose. */
export const CONSENTS = ['none', 'live', 'expired', 'withdrawn', 'other-purpose'] as const

/** Whether this person has broken the glass for this one case; 'ended' after 60 minutes. */
export const BREAK_GLASS = ['none', 'live', 'ended'] as const

/** The seven compartments of a case (§3.1). */
export const COMPARTMENTS = ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA'] as const satisfies readonly Resource[]

/** Columns that speak of one person's case, so that a relation is needed to touch them. */
export const CASE_COLUMNS = [
  'report',
  'screening',
  ...COMPARTMENTS,
  'consent',
  'fund',
] as const satisfies readonly Resource[]

export type Role = (typeof ROLES)[number]
export type Resource = (typeof RESOURCES)[number]
export type Action = (typeof ACTIONS)[number]
export type Relation = (typeof RELATIONS)[number]
export type Consent = (typeof CONSENTS)[number]
export type BreakGlass = (typeof BREAK_GLASS)[number]

/**
 * One question to the policy: { role, resource, action, relation, consent, breakGlass }, and four further facts that
 * single cells ask for. A further fact that is not stated does not hold.
 */
export type Tuple = {
  role: Role
  resource: Resource
  action: Action
  relation: Relation
  consent: Consent
  breakGlass: BreakGlass
  /** a live court order or reviewed vital-interest record names this agency and this compartment (§3.1 basis) */
  order?: boolean
  /** the person is on the conflict-of-interest list of this case (F11) */
  conflict?: boolean
  /** what a supervisor's agency is: the cells SVC and INV of that row depend on it */
  agency?: 'care' | 'police'
  /** a provider who is a clinician: the cell HLT of that row depends on it */
  clinician?: boolean
}

/** 'masked': read with fields left out or pseudonymous · 'numbers': counts of k or more persons only. */
export type Verdict = 'allow' | 'deny' | 'masked' | 'numbers'

/**
 * 'second-person': another natural person stands on the other side of the act (asked for it, made it, confirms it or
 * is the one it is about), never the same one · 'step-up': a passkey at the moment.
 */
export type Obligation = 'none' | 'second-person' | 'step-up'
