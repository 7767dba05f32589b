import { as, both, either, is, type Judge, jobs, may, mine, not, ofCountry, type TableRules, worksAt } from './place.ts'

// Leads and what hangs on them: the body's that investigates, and whoever it named; in the words of the rules.

/** A lead about oneself, or somebody close: there is none. */
export const notClosed: Judge = (viewer, row) => !(row.of_closed as readonly string[]).includes(viewer.user)
const investigates = both(notClosed, as('investigator'), may('INV'), worksAt('organisation_id'))
const supervises = both(notClosed, as('supervisor'), worksAt('organisation_id'))
const shared: Judge = (viewer, row) =>
  notClosed(viewer, row) &&
  as('prosecutor')(viewer, row) &&
  may('INV')(viewer, row) &&
  (row.of_shares as { account: string; over: boolean; source: boolean }[]).some(
    one => one.account === viewer.user && !one.over,
  )
const sharedWithSource: Judge = (viewer, row) =>
  shared(viewer, row) &&
  (row.of_shares as { account: string; over: boolean; source: boolean }[]).some(
    one => one.account === viewer.user && !one.over && one.source,
  )
const lead: TableRules = {
  see: either(investigates, shared),
  add: investigates,
  reach: investigates,
  leave: investigates,
}

export const leadRules: Readonly<Record<string, TableRules>> = {
  'justice.lead': {
    ...lead,
    see: either(investigates, shared, supervises),
    add: both(investigates, ofCountry, is('status', 'open'), is('investigator', null), mine('made_by')),
  },
  'justice.lead_closed': { see: mine('account_id') },
  'justice.lead_bar': { see: either(investigates, supervises) },
  'justice.lead_content': lead,
  'justice.lead_source': { ...lead, see: either(investigates, sharedWithSource) },
  'justice.lead_note': { ...lead, add: both(investigates, mine('by_account')) },
  // What came is filed away in its maker's name, without sight of the lead.
  'justice.lead_file': {
    see: either(investigates, shared, both(as('filing'), mine('by_account')), jobs),
    add: both(investigates, mine('by_account')),
    reach: both(as('filing'), mine('by_account'), is('state', 'waiting-for-file', 'quarantined')),
    leave: both(as('filing'), mine('by_account')),
  },
  'justice.lead_term': { ...lead, remove: investigates },
  // Never changed. A prosecutor says what became of it once it is with them.
  'justice.proceeding_step': {
    see: either(investigates, shared, supervises),
    add: both(
      mine('by_account'),
      either(investigates, both(shared, not(is('state', 'investigation', 'with-prosecutor', 'ended')))),
    ),
  },
  'justice.lead_share': {
    see: either(investigates, supervises, both(notClosed, as('prosecutor'), is('ended_at', null), mine('account_id'))),
  },
}
