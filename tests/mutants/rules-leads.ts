import { as, both, either, is, type Judge, may, mine, not, ofCountry, type TableRules, worksAt } from './place.ts'

// Leads and what hangs on them: the body's that investigates, and whoever it named; in the words of the rules.

const investigates = both(as('investigator'), may('INV'), worksAt('organisation_id'))
const shared: Judge = (viewer, row) =>
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
    see: either(investigates, shared, both(as('supervisor'), worksAt('organisation_id'))),
    add: both(investigates, ofCountry, is('status', 'open'), is('investigator', null), mine('made_by')),
  },
  'justice.lead_content': lead,
  'justice.lead_source': { ...lead, see: either(investigates, sharedWithSource) },
  'justice.lead_note': { ...lead, add: both(investigates, mine('by_account')) },
  'justice.lead_term': { ...lead, remove: investigates },
  // Never changed. A prosecutor says what became of it once it is with them.
  'justice.proceeding_step': {
    see: either(investigates, shared, both(as('supervisor'), worksAt('organisation_id'))),
    add: both(
      mine('by_account'),
      either(investigates, both(shared, not(is('state', 'investigation', 'with-prosecutor', 'ended')))),
    ),
  },
  'justice.lead_share': {
    see: either(
      both(either(as('supervisor'), both(as('investigator'), may('INV'))), worksAt('organisation_id')),
      both(as('prosecutor'), is('ended_at', null), mine('account_id')),
    ),
  },
}
