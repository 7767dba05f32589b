import { seesHealth } from './health.ts'
import { heldBy } from './instruments.ts'
import { isClosedTo } from './justice.ts'
import { listsFor, principalsOf, type Reason, reasonsFor, receivesShares, standing, writtenBy } from './oracle.ts'
import { seesRound } from './rounds.ts'
import { seesOfSituation } from './situation.ts'
import { seesTask } from './tasks.ts'
import { leads as leadsPerson } from './visits.ts'
import { type Compartment, caseOf, type Person, type Role, type World } from './world.ts'

/**
 * What a raw SELECT under row-level security may show of one row.
 * `must`: the rules show it. `may`: nothing in the rules forbids it, no operation needs it.
 */
export type Shown = 'must' | 'may' | 'no'
export interface Row {
  readonly case?: string
  /** Whose row it is: principal, actor or account, where the table has one. */
  readonly owner?: string
  readonly referral?: string
  readonly screening?: string
  readonly interview?: string
  readonly basis?: string
  /** Who gives the help that a row of the care is about. */
  readonly organisation?: string
  /** The lead that the row is, or is of. */
  readonly lead?: string
  /** In the ledger, a yes to police or what took it back; of a receipt, that it was by such a yes. */
  readonly toPolice?: string
  /** Where a file belongs. */
  readonly compartment?: string
  /** What happened, in the history of a case. */
  readonly event?: string
  /** An assessment of the care environment, or a part of one, as JSON. */
  readonly situation?: string
}

type Rule = (world: World, person: Person, row: Row) => Shown
const shows = (yes: boolean): Shown => (yes ? 'must' : 'no')

/** Rows of a case for whoever has one of these reasons, and by it this compartment. */
const by =
  (bases: readonly Reason['basis'][], compartment?: Compartment): Rule =>
  (world, person, row) =>
    shows(
      reasonsFor(world, person, row.case!).some(
        one => bases.includes(one.basis) && (compartment === undefined || one.opens.has(compartment)),
      ),
    )
const every = ['own', 'share', 'holder', 'assigned'] as const
/** What happened, its clocks, who is in charge: not for whom the person was only shared with. */
const history = by(['own', 'holder', 'assigned'])
/** That a safe place said where to bring the person is for who is in charge. */
const happened: Rule = (world, person, row) => {
  if (!row.event?.startsWith('referral.where-')) return history(world, person, row)
  return person.role === 'coordinator' ? by(['assigned'])(world, person, row) : 'no'
}
const ofTheUnit = by(['holder', 'assigned'])

/** The folder itself: its reference stands in every list. */
const folder: Rule = (world, person, row) => {
  const holder = caseOf(world, row.case!).holder
  return holder !== undefined && holder === listsFor(person) ? 'must' : by(every)(world, person, row)
}
const charge = (compartment: Compartment): Rule => {
  const rule = by(['assigned'], compartment)
  return (world, person, row) => (person.role === 'coordinator' ? rule(world, person, row) : 'no')
}
const unitRoles: ReadonlySet<Role> = new Set<Role>(['intake', 'coordinator', 'decision-maker'])
/** A paper that shows who the person is, for whoever of the unit reads that. */
const paper: Rule = (world, person, row) => (unitRoles.has(person.role) ? by(every, 'ID')(world, person, row) : 'no')
/** The care is theirs who are in charge of it; of what an organisation gives, that one sees its own part. */
const care = charge('SVC')
const given: Rule = (world, person, row) => {
  if (care(world, person, row) === 'must') return 'must'
  const theirs = row.organisation === person.organisation && /^(provider|shelter-manager)$/.test(person.role)
  return shows(theirs && standing(world, person, row.case!).accepted)
}
const screening: Rule = (world, person, row) => {
  const by = row.interview === undefined ? writtenBy(world, row.screening!) : heldBy(world, row.interview)
  if (by === person.account) return 'must'
  // Shared for a service, a case shows its recipients the person and not what was screened.
  const reasons = reasonsFor(world, person, row.case!).filter(one => one.basis !== 'share' || one.shared.has('STA'))
  return shows(unitRoles.has(person.role) && reasons.some(one => one.opens.has('STA')))
}
/** Who is in charge, and nobody beside them: what somebody wants police to know is no matter of whoever helps them. */
const inCharge: Rule = (world, person, row) =>
  person.role === 'coordinator' ? by(['assigned'])(world, person, row) : 'no'
const consent: Rule = (world, person, row) => {
  if (row.toPolice === 'true') return inCharge(world, person, row)
  return person.role === 'decision-maker' ? 'no' : by(every)(world, person, row)
}
const receipt: Rule = (world, person, row) => {
  if (/^(investigator|prosecutor)$/.test(person.role)) return shows(row.owner === person.account)
  return row.toPolice === 'true' ? inCharge(world, person, row) : ofTheUnit(world, person, row)
}
const referral: Rule = (world, person, row) => {
  const { from, fromOrganisation, to } = world.referrals.get(row.referral!)!
  if (from === person.account) return 'must'
  if (receivesShares(person) && [fromOrganisation, to].includes(person.organisation)) return 'must'
  return ofTheUnit(world, person, row)
}
/** What a police body knows is its own investigators'; its supervisor sees codes. */
const leads =
  (...roles: Role[]): Rule =>
  (_, person, row) =>
    shows(roles.includes(person.role) && row.organisation === person.organisation && !isClosedTo(person, row.lead))
/** Who looks for a place for somebody, or keeps places. */
const asksForPlaces = new Set<Role>(['officer', 'intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor'])
const everybody: Rule = () => 'must'
const nobody: Rule = () => 'no'
const access: Rule = (_, person, row) =>
  shows(principalsOf(person).includes(row.owner!) && (row.basis !== 'share' || receivesShares(person)))

export const tables: Readonly<Record<string, Rule>> = {
  'cases.folder': folder,
  'cases.identity': by(every, 'ID'),
  'cases.identity_conflict': by(['own', 'holder', 'assigned'], 'ID'),
  'cases.search_term': by(['own', 'holder', 'assigned'], 'ID'),
  'cases.note': charge('SVC'),
  'cases.attachment': (world, person, row) =>
    row.compartment === 'ID' ? paper(world, person, row) : charge('SVC')(world, person, row),
  'cases.location': charge('LOC'),
  'cases.timeline': happened,
  'cases.clock': history,
  'cases.assignment': history,
  'cases.decision': ofTheUnit,
  'cases.step': ofTheUnit,
  'cases.track': ofTheUnit,
  'cases.clock_pause': ofTheUnit,
  'cases.escalation': nobody,
  'care.assessment': care,
  'care.safety_plan': care,
  'care.code_word': care,
  'care.plan': care,
  'care.action': given,
  'care.delivery': given,
  'care.follow_up': care,
  'care.best_interest': care,
  'care.guardian': care,
  'care.closure': ofTheUnit,
  'health.note': seesHealth,
  'health.file': seesHealth,
  'consent.record': consent,
  'consent.notification': (world, { role, organisation }) =>
    shows((role === 'intake' || role === 'coordinator') && world.competent.has(organisation)),
  'consent.notified': nobody,
  'screening.screening': screening,
  'screening.indicators': ofTheUnit,
  'screening.interview': screening,
  'screening.override': screening,
  // None is published in this world: drafts are for those who write and publish.
  'screening.instrument': (_, person) => shows(person.role === 'supervisor' || person.role === 'administrator'),
  'referrals.referral': referral,
  'referrals.round': (world, person, row) => shows(seesRound(person, standing(world, person, row.case!))),
  'referrals.turn': (world, person, row) => shows(seesRound(person, standing(world, person, row.case!))),
  'directory.organisation': everybody,
  'directory.service': everybody,
  'directory.on_call': everybody,
  'directory.place': (_, { role }) => shows(asksForPlaces.has(role)),
  'justice.lead': leads('investigator', 'supervisor'),
  'justice.lead_bar': leads('investigator', 'supervisor'),
  'justice.lead_closed': (_, person, row) => shows(isClosedTo(person, row.lead)),
  'justice.lead_share': leads('investigator', 'supervisor'),
  'justice.proceeding_step': leads('investigator', 'supervisor'),
  'justice.lead_content': leads('investigator'),
  'justice.lead_source': leads('investigator'),
  'justice.lead_note': leads('investigator'),
  'justice.lead_file': leads('investigator'),
  'justice.lead_term': leads('investigator'),
  // None of them is confirmed or read here, so nobody of the police sees that there is one.
  'justice.court_order': ofTheUnit,
  'justice.vital_interest': ofTheUnit,
  'justice.receipt': receipt,
  'cases.match_term': nobody,
  'matching.changed': nobody,
  'matching.match': nobody,
  'matching.judgement': nobody,
  // None in this world.
  'matching.merge': nobody,
  'matching.link': nobody,
  'policy.case_merged': nobody,
  // Column by column, and never what a code is found by.
  'visits.code': () => 'may',
  'policy.visit': nobody,
  'visits.visit': nobody,
  'visits.question': care,
  'visits.safety_check': (world, person, row) => shows(leadsPerson(person, standing(world, person, row.case!))),
  'visits.failure': nobody,
  ...Object.fromEntries(
    ['assessment', 'sheet', 'picture', 'action'].map(name => [
      `situation.${name}`,
      (_: World, person: Person, row: Row) => seesOfSituation(`situation.${name}`, person, row),
    ]),
  ),
  'referrals.feedback': nobody,
  'referrals.whereabouts': nobody,
  'referrals.link': nobody,
  'referrals.link_visit': nobody,
  'referrals.link_failure': nobody,
  'referrals.paper': nobody,
  'tasks.task': (world, person, row) => shows(seesTask(person, standing(world, person, row.case!))),
  'policy.case_access': access,
  'policy.case_glimpse': (_, person, row) => shows(principalsOf(person).includes(row.owner!)),
  // Ids of what is hidden from the reader; none in this world.
  'policy.case_hidden': () => 'may',
  'audit.event': nobody,
  'audit.concern': nobody,
  'audit.checkpoint': nobody,
  'audit.tile': nobody,
  'platform.command': (_, person, row) => (row.owner === person.account ? 'may' : 'no'),
  // Names and hashes of files that ship with the product.
  'platform.migration': () => 'may',
}
