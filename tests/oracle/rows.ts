import { follows, receives, recordsConsent, seesScreening, sends, sight, verdict } from './oracle.ts'
import { caseOf, type Person, type Role, type World } from './world.ts'

/**
 * What a raw SELECT under row-level security may show of one row.
 * `must`: an operation of this person reads it. `may`: nothing in the design forbids it, no operation needs it.
 */
export type Shown = 'must' | 'may' | 'no'
export interface Row {
  readonly case?: string
  /** Whose row it is: principal, actor or account, where the table has one. */
  readonly owner?: string
  readonly referral?: string
  readonly screening?: string
}

const actsForOrganisation: ReadonlySet<Role> = new Set<Role>([
  'intake',
  'coordinator',
  'decision-maker',
  'provider',
  'shelter-manager',
])
const body: ReadonlySet<Role> = new Set<Role>(['intake', 'decision-maker'])
type Rule = (world: World, person: Person, row: Row) => Shown

const shows = (yes: boolean, otherwise: Shown = 'no'): Shown => (yes ? 'must' : otherwise)
const holds = (world: World, person: Person, row: Row) => caseOf(world, row.case!).holder === person.organisation
const reads = (world: World, person: Person, row: Row) =>
  verdict(world, person, 'cases.read', { case: row.case! }) === 'allow'

/** The folder itself: its reference stands in every list. */
const folder: Rule = (world, person, row) => shows(sight(world, person, row.case!).size > 0)

/** Who the person is, and the blind terms of their name. */
const identity: Rule = (world, person, row) =>
  sight(world, person, row.case!).has('ID') ? shows(person.role !== 'officer', 'may') : 'no'
const terms: Rule = (world, person, row) => {
  if (!sight(world, person, row.case!).has('ID')) return 'no'
  return shows(body.has(person.role) && holds(world, person, row), 'may')
}
const note: Rule = (world, person, row) =>
  sight(world, person, row.case!).has('SVC') ? shows(person.role === 'coordinator', 'may') : 'no'
const location: Rule = (world, person, row) =>
  sight(world, person, row.case!).has('LOC') ? shows(person.role === 'coordinator', 'may') : 'no'

/**
 * What happened in the case, its clocks and who is in charge: coded, so whoever sees STA may; but it names the other
 * organisations that help, so a provider, who was given the person's data and not the case, may not.
 */
const history: Rule = (world, person, row) => {
  if (reads(world, person, row)) return 'must'
  if (person.role === 'provider' || person.role === 'shelter-manager') return 'no'
  return sight(world, person, row.case!).has('STA') ? 'may' : 'no'
}
const decision: Rule = (world, person, row) => {
  if (!reads(world, person, row)) return 'no'
  return shows(body.has(person.role), 'may')
}
const screening: Rule = (world, person, row) => shows(seesScreening(world, person, row.screening!))
const indicators: Rule = (world, person, row) => {
  if (body.has(person.role) && holds(world, person, row)) return 'must'
  return person.role !== 'officer' && seesScreening(world, person, row.screening!) ? 'may' : 'no'
}
const consent: Rule = (world, person, row) => shows(recordsConsent(world, person, row.case!))
const referral: Rule = (world, person, row) => {
  const one = world.referrals.get(row.referral!)!
  return shows(
    sends(person, one) ||
      receives(person, one) ||
      follows(world, person, one) ||
      reads(world, person, { case: one.case }),
  )
}
const everybody: Rule = () => 'must'
const nobody: Rule = () => 'no'
const own: Rule = (_, person, row) => {
  if (row.owner === person.account) return 'may'
  return actsForOrganisation.has(person.role) && row.owner === person.organisation ? 'may' : 'no'
}

export const tables: Readonly<Record<string, Rule>> = {
  'cases.folder': folder,
  'cases.identity': identity,
  'cases.search_term': terms,
  'cases.note': note,
  'cases.location': location,
  'cases.timeline': history,
  'cases.clock': history,
  'cases.assignment': history,
  'cases.decision': decision,
  'consent.record': consent,
  'screening.screening': screening,
  'screening.indicators': indicators,
  'referrals.referral': referral,
  'directory.organisation': everybody,
  'directory.service': everybody,
  'directory.on_call': everybody,
  'policy.case_access': own,
  // Every event names who read which case: the data-protection officer's, once there is an operation for it.
  'audit.event': (_, person) => (person.role === 'data-protection-officer' ? 'may' : 'no'),
  'audit.checkpoint': nobody,
  'audit.tile': nobody,
  'platform.command': (_, person, row) => (row.owner === person.account ? 'may' : 'no'),
  // Names and hashes of files that ship with the product.
  'platform.migration': () => 'may',
}
