import { unit as competent, me } from './laid.ts'
import {
  accepted,
  as,
  both,
  byRole,
  either,
  every,
  glimpsed,
  glimpses,
  has,
  is,
  type Judge,
  jobs,
  justiceRoles,
  kept,
  keptClose,
  ledAway,
  may,
  mine,
  not,
  ofCountry,
  ofPrincipal,
  open,
  receivers,
  serviceRoles,
  shut,
  type TableRules,
  told,
  unit,
  unitRoles,
  visits,
  worksAt,
} from './place.ts'
import { readsHealth } from './rules-health.ts'
import { inRound, toHere } from './rules-rounds.ts'

// What the database alone shows and lets be written of a case, in the words of the rules.

type Compartment = Parameters<typeof may>[0]
/** Rows of a compartment: seen by any reason that opens it, written by whoever has it by a reason of their own. */
const opened = (compartment: Compartment, seenBy = every, more: readonly Judge[] = []): TableRules => ({
  see: both(open, either(both(may(compartment), has(seenBy, compartment)), ...more)),
  add: has(kept, compartment),
  reach: both(may(compartment), has(kept, compartment)),
  leave: has(kept, compartment),
  remove: both(may(compartment), has(kept, compartment)),
})
const { see, add, reach, leave, remove } = opened('ID', kept)
const codes = opened('STA', kept)

/** The care: theirs who are in charge, in their own name. */
const charge = both(may('SVC'), has(['assigned'], 'SVC'))
const care = (seenToo?: Judge): TableRules => ({
  see: seenToo ? either(charge, seenToo) : charge,
  add: both(charge, mine('by_account')),
  reach: charge,
  leave: charge,
})
const helper = both(ofPrincipal('organisation_id'), serviceRoles, accepted)
const ofUnit: Judge = has(unit)
const inOwnName = both(mine('by_account'), ofUnit)
const folderLeft = both(
  ofCountry,
  either(is('holder', null), (v, row) => row.holder === v.organisation),
)
const sentBy = either(
  both(receivers, either(ofPrincipal('to_organisation'), ofPrincipal('from_organisation'))),
  mine('from_account'),
)
const senders = as('officer', 'intake', 'coordinator')
const waits = is('status', 'sent', 'acknowledged')
const ofService = is('kind', 'service')
const serves = both(ofService, is('status', 'accepted', 'partly-accepted', 'in-service'))
const asked = both(receivers, ofPrincipal('to_organisation'))
/** Who sent it; what the unit sent is the unit's. */
const sender = either(both(senders, mine('from_account')), both(as('intake'), ofPrincipal('from_organisation')))
/** By this very referral, and not ended since. */
const stillShared: Judge = both(has(['share']), (_, row) => row.id === row.case_id)
const screened: TableRules = {
  see: both(open, either(mine('by_account'), both(unitRoles, told))),
}
/** What stands beside an interview is seen by whoever sees that. */
const ofInterview: Judge = (viewer, row) =>
  either(mine('of_author'), both(unitRoles, told))(viewer, { ...row, case_id: row.of_case })
const protects = both(as('data-protection-officer'), ofCountry)
const sides = (bases: Judge) => both(ofCountry, either(as('data-protection-officer'), bases))

export const caseRules: Readonly<Record<string, TableRules>> = {
  'cases.folder': {
    see: both(
      open,
      either((v, row) => v.organisation !== undefined && row.holder === v.organisation, has(every), glimpsed()),
    ),
    // Nobody begins a case but where they work, and none that has begun already.
    add: both(
      ...[mine('made_by'), ofCountry, is('holder', null), is('status', 'new'), is('identification', 'none')],
      ...[is('coordinator', null), is('opened_at', null), is('due_at', null)],
      ...[as('officer', 'intake'), worksAt('agency')],
    ),
    reach: both(as('officer', 'intake', 'coordinator', 'decision-maker'), has(kept)),
    leave: folderLeft,
  },
  'cases.identity': { ...opened('ID', every, [glimpsed('ID')]) },
  'cases.identity_conflict': { see, add, reach, leave },
  'cases.search_term': { see, add, reach, leave, remove },
  'cases.note': opened('SVC', every, [glimpsed('SVC')]),
  'cases.location': opened('LOC', every, [glimpsed('LOC')]),
  'cases.attachment': {
    see: either(
      both(open, is('compartment', 'SVC'), may('SVC'), has(every, 'SVC')),
      both(open, is('compartment', 'ID'), unitRoles, has(every, 'ID')),
      both(open, as('filing'), mine('by_account')),
      jobs,
    ),
    add: either(
      both(mine('by_account'), is('compartment', 'SVC'), has(kept, 'SVC')),
      both(mine('by_account'), is('compartment', 'ID'), as('officer', 'intake', 'coordinator'), has(kept, 'ID')),
    ),
    reach: both(as('filing'), mine('by_account'), is('state', 'waiting-for-file', 'quarantined')),
    leave: both(as('filing'), mine('by_account')),
  },
  'cases.timeline': {
    see: both(
      codes.see!,
      either(unitRoles, (_, { event }) => !String(event).startsWith('justice.')),
      either(not(is('event', 'health.noted')), readsHealth),
      either(
        not(is('event', 'referral.where-said', 'referral.where-taken-back')),
        both(as('coordinator'), has(['assigned'])),
      ),
    ),
    add: either(
      codes.add!,
      both(
        is('event', 'referral.acknowledged', 'referral.accepted', 'referral.declined'),
        mine('account_id'),
        has(['share']),
      ),
      both(is('event', 'care.service-recorded'), mine('account_id'), serviceRoles, accepted),
      both(is('event', 'health.noted'), mine('account_id'), as('provider'), accepted),
      both(is('event', 'referral.begun', 'referral.done', 'referral.ended'), mine('account_id'), accepted),
      // Who sent a referral of this case says that they took it back, or that it is over.
      both(is('event', 'referral.revoked', 'referral.ended'), mine('account_id'), open, ({ user }, row) =>
        (row.of_senders as string[]).includes(user),
      ),
      both(jobs, is('account_id', null)),
    ),
    reach: codes.reach!,
    leave: codes.leave!,
    remove: codes.remove!,
  },
  'cases.clock': {
    ...codes,
    // Of a case that leads to another they stand still for whoever knows of it.
    see: both(not(ledAway), either(codes.see!, jobs)),
    reach: either(codes.reach!, jobs),
    leave: either(codes.leave!, jobs),
  },
  'cases.assignment': codes,
  'cases.decision': { see: both(open, ofUnit), add: ofUnit, reach: ofUnit, leave: ofUnit, remove: ofUnit },
  'cases.clock_pause': { see: ofUnit, add: ofUnit, reach: ofUnit, leave: ofUnit, remove: ofUnit },
  'cases.step': { see: ofUnit, add: inOwnName, reach: ofUnit, leave: inOwnName, remove: ofUnit },
  'cases.track': {
    see: ofUnit,
    add: both(mine('by_account'), has(['assigned'])),
    reach: has(['assigned']),
    leave: mine('by_account'),
  },
  'care.assessment': care(glimpsed('SVC')),
  'care.best_interest': care(),
  'care.code_word': care(),
  'care.follow_up': care(),
  'care.guardian': care(),
  'care.plan': care(glimpsed('SVC')),
  'care.safety_plan': care(glimpsed('SVC')),
  'care.action': care(either(glimpsed('SVC'), helper)),
  'care.delivery': {
    ...care(either(glimpsed('SVC'), helper)),
    add: both(mine('by_account'), either(charge, both(helper, is('sealed_note', null)))),
  },
  'care.closure': { see: ofUnit, add: ofUnit, reach: ofUnit, leave: ofUnit, remove: ofUnit },
  'consent.record': {
    see: both(keptClose('to_police'), either(both(open, not(as('decision-maker')), has(every)), visits)),
    add: both(
      keptClose('to_police'),
      // What police may know is asked by itself.
      either(is('to_police', true), (_, row) => !(row.purposes as string[]).includes('prosecution')),
      either(
        // The person takes back what they agreed to, explained by who made the code; nothing else is theirs to write.
        both(is('kind', 'withdrawn'), is('given_by', 'person'), visits, is('explained_by', me('dalia'))),
        both(
          mine('explained_by'),
          either(not(is('kind', 'given')), not(is('given_by', 'person')), (_, row) => row.of_child !== true),
          either(
            both(as('decision-maker'), is('kind', 'limits-told'), has(['holder'])),
            both(as('officer', 'intake', 'coordinator'), either(has(kept), accepted)),
            both(serviceRoles, either(has(kept), accepted), ({ principals }, row) =>
              (row.recipients as string[]).every(one => !principals.includes(one)),
            ),
          ),
        ),
      ),
    ),
  },
  'referrals.referral': {
    see: either(both(open, either(sentBy, ofUnit)), jobs),
    add: both(
      ...[mine('from_account'), has(kept), ofCountry, senders, worksAt('from_organisation'), toHere],
      // As a question, on a consent of that person.
      ...[is('status', 'sent'), is('version', 1), is('overdue_told', false), is('of_consent', true)],
      keptClose('of_consent_to_police'),
      ...['acknowledged_at', 'answered_at', 'answered_by', 'decline_reason', 'sealed_answer'].map(one => is(one, null)),
      either(is('round_id', null), inRound),
    ),
    reach: either(both(either(waits, serves), either(asked, sender)), jobs),
    leave: either(
      both(
        ...[
          is('status', 'acknowledged', 'accepted', 'partly-accepted', 'declined'),
          asked,
          not(mine('from_account')),
          stillShared,
        ],
        either(both(is('status', 'acknowledged'), is('answered_by', null)), mine('answered_by')),
      ),
      both(is('status', 'revoked'), is('answered_by', null), sender),
      // How it goes is said by who gives the help; that it is over, by who asked for it too.
      both(ofService, is('status', 'in-service', 'done', 'ended'), asked, not(mine('from_account')), stillShared),
      both(ofService, is('status', 'ended'), sender),
      jobs,
    ),
  },
  'screening.screening': { ...screened, add: both(mine('by_account'), has(['own'])) },
  'screening.interview': {
    see: either(mine('by_account'), both(unitRoles, told)),
    add: both(mine('by_account'), ofCountry, has(kept)),
  },
  'screening.override': {
    see: ofInterview,
    add: both(mine('by_account'), is('of_same_case', true), ofInterview, has(kept)),
  },
  'screening.indicators': {
    see: ofUnit,
    add: both(mine('by_account'), has(['holder'])),
    reach: ofUnit,
    leave: both(mine('by_account'), has(['holder'])),
    remove: ofUnit,
  },
  'justice.court_order': {
    see: both(
      open,
      either(
        byRole,
        both(
          justiceRoles,
          ({ user }, row) => (row.named as string[]).includes(user),
          (v, row) => glimpses(v, row).some(one => one.basis === 'order' && one.id === row.id),
        ),
      ),
    ),
  },
  'justice.vital_interest': {
    see: both(
      open,
      either(
        byRole,
        both(justiceRoles, mine('account_id'), (v, row) =>
          glimpses(v, row).some(one => one.basis === 'vital-interest' && one.id === row.id),
        ),
      ),
    ),
  },
  'justice.receipt': {
    see: both(
      open,
      either(byRole, both(justiceRoles, mine('account_id'))),
      either(not(is('basis', 'consent')), as('coordinator', 'investigator', 'prosecutor')),
    ),
    add: both(justiceRoles, mine('account_id'), ofCountry, (v, row) =>
      glimpses(v, row).some(
        one =>
          one.basis === row.basis &&
          one.id === row.basis_id &&
          one.mask === row.compartments &&
          one.principal === v.user,
      ),
    ),
  },
  'oversight.bar': { see: both(open, sides(both(as('intake'), has(['holder'])))) },
  'oversight.break_glass': {
    see: both(open, either(mine('account_id'), protects, both(as('coordinator', 'intake'), ofUnit))),
  },
  'oversight.canary': { see: protects },
  'oversight.canary_read': { see: protects },
  'oversight.due': { see: both(open, protects) },
  'oversight.erasure': {
    see: both(
      not(shut),
      either(
        sides(both(as('coordinator', 'decision-maker'), ofUnit)),
        // Of a case that no unit opened: whoever decides for the competent body.
        both(ofCountry, as('decision-maker'), is('unheld', true), is('state', 'proposed'), v =>
          v.principals.includes(competent),
        ),
      ),
    ),
  },
  'oversight.hold': { see: both(not(shut), sides(both(as('coordinator', 'decision-maker'), ofUnit))) },
  'oversight.sealing': { see: both(open, sides(both(as('coordinator', 'decision-maker'), byRole))) },
  'policy.case_access': {
    see: both(open, ofPrincipal('principal'), either(not(is('basis', 'share')), receivers)),
  },
  'policy.case_glimpse': {
    see: both(
      open,
      ofPrincipal('principal'),
      either(is('basis', 'break-glass'), both(justiceRoles, worksAt('organisation_id'))),
    ),
  },
  'policy.case_hidden': {
    see: either(
      mine('account_id'),
      both(
        not(jobs),
        ({ unset }) => unset !== true,
        is('account_id', null),
        ({ user }, row) => !(row.named as string[]).includes(user),
      ),
    ),
  },
  'consent.notified': {},
}
