import { abroad, unit as competent, here, there } from './laid.ts'
import { laidAccounts as accounts, laidAssignments } from './laid-people.ts'
import {
  anybody,
  as,
  both,
  either,
  is,
  isPast,
  type Judge,
  jobs,
  known,
  mine,
  not,
  ofCountry,
  open,
  signingIn,
  type TableRules,
  worksAs,
  worksAt,
} from './place.ts'
import { leadRules, notClosed } from './rules-leads.ts'
import type { Viewer } from './viewers.ts'

// Accounts, organisations, devices: what belongs to no case, in the words of the rules.

const all = (judge: Judge): TableRules => ({ see: judge, add: judge, reach: judge, leave: judge, remove: judge })
const own = all(either(mine('account_id'), signingIn))
const administers = as('administrator')
const recovers = as('administrator', 'supervisor')
/** Roles that open no case work as soon as they are given; every other one waits for a second person. */
const light = ['secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer']
const others = (column: string): Judge => both(anybody, not(mine(column)))

/** Works already, in a role that took two. */
const works: Judge = (viewer, row) =>
  laidAssignments.some(
    one =>
      one.account === row.account_id &&
      (one.country === viewer.country || signingIn(viewer, row)) &&
      one.confirmed &&
      one.live &&
      !light.includes(one.role),
  )
/** A supervisor answers for the people of their own house, and for nobody who also works in another one. Other countries a trigger asks. */
const ofOwnHouse: Judge = (viewer, row) => {
  if (viewer.role !== 'supervisor' || row.account_id === viewer.user) return true
  const own = laidAssignments.filter(
    one =>
      one.account === viewer.user &&
      one.role === 'supervisor' &&
      one.country === viewer.country &&
      one.confirmed &&
      one.live,
  )
  const works = laidAssignments.filter(
    one => one.account === row.account_id && one.live && one.country === viewer.country,
  )
  return (
    works.some(one => one.confirmed && one.country === viewer.country) &&
    works.every(one => own.some(each => each.organisation === one.organisation))
  )
}
const livesHere = (account: unknown, viewer: Viewer, role?: string) =>
  laidAssignments.some(
    one =>
      one.account === account &&
      one.country === viewer.country &&
      one.confirmed &&
      (role === undefined || one.role === role),
  )
/** Of this country: works here, or was written down by an administrator of it and waits. A role that waits gives no hold. */
const isOurs =
  (column: string): Judge =>
  (viewer, row) => {
    const writer = accounts.find(one => one.id === row[column])?.createdBy
    return livesHere(row[column], viewer) || (writer !== undefined && livesHere(writer, viewer, 'administrator'))
  }
/** Whoever lets others in has a hold on those of their country, and on themselves. */
const ours: Judge = either((viewer, row) => !recovers(viewer, row), mine('account_id'), isOurs('account_id'))
const invited: Judge = (_, row) => accounts.find(one => one.id === row.account_id)?.status === 'invited'

const isHere =
  (column: string): Judge =>
  ({ country }, row) =>
    (row[column] === abroad ? there : here) === country
/** Everybody's to the administrator, their own organisation's to whoever works for it. */
const keepers = ['intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor']
const keeps = both(isHere('organisation_id'), either(administers, both(as(...keepers), worksAt('organisation_id'))))
const ofService =
  (judge: Judge): Judge =>
  (viewer, row) =>
    judge(viewer, { ...row, organisation_id: row.of_service })

/** Everybody reads which organisations offer something in public, and what that is; of who shelters people nothing. */
const listed: Judge = ({ listing }, row) =>
  row.country === listing && row.listed === true && row.active === true && row.kind !== 'shelter'
const inList: Judge = (viewer, row) => {
  const body = (row.of_body ?? {}) as typeof row
  const open = row.public === true && row.active === true && row.kind !== 'safe-accommodation'
  // What is listed and not to be seen is nobody's doing; who signs in sees every organisation.
  const shown =
    listed(viewer, body) || (signingIn(viewer, body) && body.listed === true && body.country === viewer.listing)
  return open && shown
}

const instruments = both(ofCountry, as('supervisor', 'administrator'))
const signs: Judge = (viewer, row) =>
  row[{ draft: 'made_by', published: 'published_by' }[row.status as string] ?? 'withdrawn_by'] === viewer.user

export const otherRules: Readonly<Record<string, TableRules>> = {
  ...leadRules,
  'audit.checkpoint': { see: jobs, add: jobs },
  'audit.tile': all(jobs),
  'audit.concern': { see: jobs, add: both(not(is('how', 'tried')), viewer => viewer.user !== undefined) },
  'audit.event': {
    see: jobs,
    add: either(jobs, is('actor_id', null), mine('actor_id'), signingIn),
    reach: both(jobs, is('leaf_no', null)),
    leave: both(jobs, not(is('leaf_no', null))),
  },
  'auth.account': {
    see: anybody,
    add: either(signingIn, both(administers, is('status', 'invited'), mine('created_by'))),
    reach: either(signingIn, both(administers, others('id'), isOurs('id'))),
    leave: either(signingIn, both(administers, is('status', 'disabled'))),
  },
  'auth.assignment': {
    see: either(signingIn, both(ofCountry, either(not(is('confirmed_at', null)), recovers))),
    add: both(
      is('confirmed_by', null),
      is('refused', null),
      either(is('confirmed_at', null), is('role', ...light)),
      either(
        signingIn,
        both(administers, ofCountry, isHere('organisation_id'), mine('granted_by'), others('account_id')),
      ),
    ),
    reach: either(signingIn, both(administers, ofCountry, others('account_id'))),
    leave: either(signingIn, both(administers, isPast('until'), mine('ended_by'))),
  },
  'auth.challenge': { ...all(either(signingIn, both(jobs, isPast('expires_at')))) },
  'auth.throttle': { ...all(either(signingIn, both(jobs, isPast('until')))) },
  'auth.device': own,
  'auth.passkey': own,
  'auth.password': own,
  'auth.recovery_code': own,
  'auth.session': {
    ...own,
    see: either(own.see!, both(administers, ours, known('account_id'))),
    reach: either(own.see!, both(administers, ours, known('account_id'))),
    leave: either(own.see!, both(administers, not(is('ended_at', null)))),
  },
  'auth.invitation': {
    see: both(ours, either(signingIn, mine('account_id'), both(recovers, known('account_id'), ofOwnHouse))),
    add: both(
      ours,
      ofOwnHouse,
      either(
        signingIn,
        both(
          known('account_id'),
          mine('asked_by'),
          either(
            both(administers, is('kind', 'join'), invited),
            both(recovers, is('kind', 'recover'), is('token_hash', null), is('confirmed_by', null)),
          ),
        ),
      ),
      not(both(is('kind', 'join'), works)),
    ),
    reach: either(
      signingIn,
      both(
        ours,
        known('account_id'),
        either(
          both(administers, is('kind', 'join')),
          both(
            recovers,
            is('kind', 'recover'),
            is('confirmed_by', null),
            is('used_at', null),
            others('asked_by'),
            others('account_id'),
            ofOwnHouse,
          ),
        ),
      ),
    ),
    leave: either(
      signingIn,
      both(is('kind', 'join'), isPast('expires_at')),
      both(is('kind', 'recover'), mine('confirmed_by'), is('used_at', null)),
    ),
    remove: signingIn,
  },
  'consent.notification': {
    see: both(as('intake', 'coordinator'), ofCountry, v => v.organisation === competent),
  },
  'directory.organisation': {
    see: either(ofCountry, signingIn, jobs, listed),
    // Which body is competent is the country's law.
    add: both(administers, ofCountry, is('competent', false)),
    reach: both(administers, ofCountry),
    leave: ofCountry,
  },
  // Only who is there knows what is free; only who looks for a place learns it.
  'directory.place': {
    see: both(as('officer', ...keepers), ofService(isHere('organisation_id'))),
    add: ofService(both(as(...keepers), worksAt('organisation_id'))),
    reach: ofService(both(as(...keepers), worksAt('organisation_id'))),
    leave: ofService(both(as(...keepers), worksAt('organisation_id'))),
  },
  'directory.service': {
    see: either(isHere('organisation_id'), inList),
    add: keeps,
    reach: keeps,
    leave: keeps,
  },
  'directory.on_call': { see: isHere('organisation_id'), add: keeps, remove: keeps },
  'files.upload': {
    ...own,
    see: either(own.see!, jobs),
    remove: either(own.see!, both(jobs, isPast('expires_at'))),
  },
  // Never their own; and what is filed away knows in its maker's name what was decided.
  'files.held': {
    see: either(
      both(open, notClosed, is('ended', null), not(mine('by_account')), ofCountry, worksAs('data-protection-officer')),
      both(open, as('filing'), mine('by_account')),
      jobs,
    ),
  },
  'oversight.alert': all(mine('account_id')),
  'platform.command': {
    ...all(mine('actor')),
    see: either(mine('actor'), jobs),
    remove: (viewer, row) =>
      viewer.jobs ? new Date(row.at as string).getTime() < Date.now() - 90 * 86_400_000 : mine('actor')(viewer, row),
  },
  'platform.migration': {},
  'screening.instrument': {
    see: both(ofCountry, either(not(is('published_at', null)), instruments)),
    add: both(instruments, is('status', 'draft'), mine('made_by')),
    reach: both(instruments, not(is('status', 'withdrawn'))),
    leave: both(ofCountry, signs),
  },
  'sync.device': {
    see: either(
      mine('account_id'),
      signingIn,
      both(administers, ofCountry),
      both(as('supervisor'), others('account_id'), worksAt('organisation_id')),
    ),
    add: either(mine('account_id'), signingIn),
    reach: either(mine('account_id'), signingIn, both(administers, ofCountry)),
    leave: either(mine('account_id'), signingIn, mine('revoked_by')),
    remove: either(mine('account_id'), signingIn),
  },
  // A parcel is its device's; whose organisation's devices a supervisor sees is said of the devices.
  'sync.parcel': {
    see: either(
      signingIn,
      both(
        as('supervisor'),
        either(
          mine('decided_by'),
          both(not(is('state', 'done')), (v, row) => watches(v, row)),
        ),
      ),
    ),
    add: signingIn,
    reach: either(
      signingIn,
      both(as('supervisor'), is('state', 'quarantined'), (v, row) => watches(v, row)),
    ),
    leave: either(signingIn, mine('decided_by')),
    remove: signingIn,
  },
}
/** A supervisor, of devices of others in their own organisation. */
const watches: Judge = (viewer, row) => {
  const { account_id, organisation_id } = row.of_device as Record<string, string>
  return account_id !== viewer.user && worksAt('organisation_id')(viewer, { organisation_id })
}
