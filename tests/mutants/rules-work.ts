import {
  accepted,
  as,
  both,
  byRole,
  either,
  has,
  is,
  type Judge,
  jobs,
  kept,
  leads,
  ledAway,
  may,
  mine,
  not,
  ofCountry,
  open,
  type TableRules,
  unit,
  unitRoles,
  visits,
  worksAt,
} from './place.ts'

// Several cases of one person, the person's own view, tasks and mail, in the words of their READMEs.

/** What the database's own functions read and write, and nobody else. */
const nobody: TableRules = {}

/** The same question asked of two cases. */
const ofBoth =
  (one: string, other: string, judge: Judge): Judge =>
  (viewer, row) =>
    [row[one], row[other]].every(id => judge(viewer, { ...row, case_id: id }))
/** Intake and who decides, to all that the unit holds; a coordinator, to the cases they are in charge of. */
const linked = both(ofCountry, ofBoth('case_a', 'case_b', byRole))

const charge = both(as('coordinator'), may('SVC'), has(['assigned'], 'SVC'))

/** Who works on it, by a reason that stands; a referral is one once it was accepted. */
const worksOn: Judge = either(has(kept), accepted)
const aboutNone = is('case_id', null)
const theirs = both(mine('account_id'), ({ role }, row) => row.role === role)
const ofTheirRole = both(is('account_id', null), ({ role }, row) => row.role === role, worksAt('organisation_id'))

export const workRules: Readonly<Record<string, TableRules>> = {
  'cases.match_term': nobody,
  'matching.changed': nobody,
  'matching.judgement': nobody,
  'matching.match': nobody,
  'matching.link': {
    see: linked,
    add: both(linked, mine('by_account'), is('ended_at', null)),
    reach: both(linked, is('ended_at', null)),
    leave: mine('ended_by'),
  },
  'matching.merge': {
    see: both(({ organisation }, row) => organisation === row.unit_id, ofBoth('lead_case', 'away_case', byRole)),
  },
  'policy.case_merged': { see: ledAway },
  'policy.visit': { see: both(visits, (viewer, row) => row.token_hash === `\\x${viewer.visit}`) },

  'visits.code': { see: both(open, leads) },
  'visits.failure': nobody,
  'visits.question': {
    see: either(charge, visits),
    add: both(visits, is('sealed_answer', null), is('read_at', null)),
    reach: charge,
    leave: both(charge, mine('answered_by')),
  },
  'visits.safety_check': {
    see: leads,
    add: both(visits, is('seen_at', null)),
    reach: leads,
    leave: mine('seen_by'),
  },
  'visits.visit': nobody,
  'referrals.feedback': nobody,
  'referrals.whereabouts': nobody,
  'cases.escalation': nobody,
  'referrals.link': nobody,
  'referrals.link_visit': nobody,
  'referrals.link_failure': nobody,
  'referrals.paper': nobody,

  'tasks.task': {
    see: both(
      ofCountry,
      either(aboutNone, worksOn),
      either(theirs, mine('made_by'), ofTheirRole, both(not(aboutNone), unitRoles, has(unit))),
    ),
  },

  'notify.choice': {
    see: either(mine('account_id'), jobs),
    add: mine('account_id'),
    reach: mine('account_id'),
    leave: mine('account_id'),
    remove: either(mine('account_id'), jobs),
  },
  'notify.outbox': { see: jobs, add: jobs, reach: jobs, leave: jobs, remove: jobs },
  'notify.told': { see: jobs, add: jobs, remove: jobs },
}
