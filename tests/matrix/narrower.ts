/** Cells that are not built yet, and what was decided narrower than the access table prints. */

import type { Exception } from './exceptions.ts'
import { ACTIONS, type Action, RESOURCES, type Resource, ROLES, type Role, type Tuple } from './vocabulary.ts'

/** Nothing of these cells is there yet: every tuple of them is denied. What gets built is taken from here. */
export const NOT_BUILT: readonly {
  readonly who: readonly Role[]
  readonly what: readonly Resource[]
  readonly act: readonly Action[]
  readonly why: string
}[] = [
  { who: ['public-reporter', 'survivor', 'transport'], what: RESOURCES, act: ACTIONS, why: 'nobody signs in as this' },
  { who: ROLES, what: ['report'], act: ACTIONS, why: 'public reports' },
  { who: ROLES, what: ['plan', 'aggregates'], act: ACTIONS, why: 'national plan and statistics' },
  { who: ROLES, what: ['learning', 'fund', 'keys'], act: ACTIONS, why: 'learning, fund, rotation of keys on a screen' },
  { who: ROLES, what: ['WIT'], act: ['create', 'read'], why: 'witnesses' },
  {
    who: ['supervisor'],
    what: ['screening', 'ID', 'SVC', 'STA', 'consent', 'audit'],
    act: ACTIONS,
    why: 'what a supervisor sees of the agency’s cases',
  },
  { who: ['supervisor'], what: ['users'], act: ['create'], why: 'invitations by an agency for itself' },
  {
    who: ['fund-officer', 'analyst'],
    what: ['screening', 'ID', 'SVC', 'STA', 'consent'],
    act: ACTIONS,
    why: 'fund, statistics',
  },
  {
    who: ['data-protection-officer'],
    what: ['consent', 'users'],
    act: ACTIONS,
    why: 'ledger and roles in the console',
  },
  { who: ['administrator'], what: ['audit'], act: ACTIONS, why: 'technical events on a screen' },
  { who: ['provider', 'shelter-manager'], what: ['SVC'], act: ['update'], why: 'plans of who helps' },
  {
    who: ['provider', 'shelter-manager'],
    what: ['STA'],
    act: ['create'],
    why: 'codes of who helps, beside a service given',
  },
]

const noConsent = (tuple: Tuple): boolean => tuple.consent !== 'live'

/** Decided narrower: the table would give more. */
export const NARROWER: readonly Omit<Exception, 'is'>[] = [
  {
    name: 'a case is its own coordinator’s',
    at: [
      'coordinator · screening consent · read · own-agency shared',
      'coordinator · screening STA consent · update · own-agency',
      'coordinator · screening ID SVC · share · own-agency',
      'coordinator · STA consent · create · own-agency',
    ],
    says: ['deny'],
    why: 'other coordinators of the unit list codes; care belongs to who is in charge',
    decided: 'src/capabilities/cases/README.md, src/capabilities/care/README.md',
  },
  {
    name: 'an erasure is confirmed by who is in charge',
    at: ['coordinator · screening ID SVC HLT LOC INV WIT STA · erase · own-agency'],
    says: ['deny'],
    why: 'the same',
    decided: 'src/capabilities/oversight/README.md',
  },
  {
    name: 'a folder comes with its first screening',
    at: ['intake · ID STA · create · own-agency', 'coordinator · STA · create · assigned'],
    says: ['deny'],
    why: 'afterwards it is changed, not created',
    decided: 'design §5: a case folder exists from the first screening',
  },
  {
    name: 'a coordinator accepts no referral',
    at: ['coordinator · screening · approve · assigned own-agency shared'],
    says: ['deny'],
    why: 'what is sent to the unit is intake’s; what is sent to a provider is theirs',
    decided: 'src/capabilities/referrals/README.md',
  },
  {
    name: 'the ledger is only added to',
    at: ['coordinator · consent · update · assigned'],
    says: ['deny'],
    why: 'a withdrawal is a record of its own',
    decided: 'design §2.1: an append-only record',
  },
  {
    name: 'what was shared ends with its consent',
    at: [
      'provider shelter-manager · screening ID SVC consent · read · assigned',
      'provider shelter-manager · screening · approve · assigned own-agency shared',
      'provider shelter-manager · SVC consent · create · assigned',
      'provider · SVC · create · own-agency',
      'provider · HLT · create read update · assigned',
      'shelter-manager · HLT · read · assigned',
      'shelter-manager · LOC · create read update · assigned own-agency',
    ],
    when: noConsent,
    says: ['deny', 'allow+step-up', 'masked'],
    why: 'also after it was taken on, and an order does not keep it open: help goes on, sharing does not',
    decided: 'design §10: withdrawing consent stops sharing, never services; src/capabilities/consent/README.md',
  },
  {
    name: 'who helps reads the care in codes',
    at: ['provider shelter-manager · SVC · read · assigned'],
    says: ['masked', 'allow+step-up'],
    why: 'the actions and services that name their organisation, without words that were not shared',
    decided: 'src/capabilities/care/README.md',
  },
  {
    name: 'a referral cites a consent and never an order',
    at: ['officer intake · screening · share · assigned own-agency', 'coordinator · screening · share · assigned'],
    when: tuple => noConsent(tuple) && tuple.order === true,
    says: ['deny'],
    why: 'what a court orders is handed over by a way of its own',
    decided: 'design §2.1: every share cites it',
  },
  {
    name: 'an order opens health to whom it names',
    at: ['coordinator · HLT · read · assigned'],
    when: tuple => noConsent(tuple) && tuple.order === true,
    says: ['deny'],
    why: 'what a court has handed to police is no consent that the unit reads it',
    decided: 'src/capabilities/health/README.md',
  },
  {
    name: 'an order takes two',
    at: ['coordinator · ID SVC · share · assigned'],
    when: tuple => noConsent(tuple) && tuple.order === true,
    says: ['allow+second-person'],
    why: 'who records it does not confirm it',
    decided: 'src/capabilities/justice/README.md',
  },
  {
    name: 'who screened refers',
    at: ['officer · screening · share · own-agency'],
    says: ['deny'],
    why: 'colleagues of an officer have nothing of the case',
    decided: 'src/capabilities/referrals/README.md',
  },
  {
    name: 'an order names people',
    at: ['investigator prosecutor · HLT · read · own-agency shared'],
    says: ['deny'],
    why: 'and not their body',
    decided: 'src/capabilities/justice/README.md',
  },
  {
    name: 'a yes to police says who the person is',
    at: [
      'investigator prosecutor · screening consent · read · assigned',
      'investigator prosecutor · consent · read · own-agency shared',
      'investigator · STA · read · assigned',
    ],
    says: ['deny'],
    why: 'a name and a way to reach the person need no codes, no screening and no ledger, and an order names none of them',
    decided: 'docs/decisions/0015-police-by-consent.md',
  },
  {
    name: 'a new lead is its maker’s',
    at: ['investigator · INV · create · own-agency'],
    says: ['deny'],
    why: 'there is no creating in a lead that is there',
    decided: 'src/capabilities/justice/README.md',
  },
  {
    name: 'a supervisor sees leads in codes',
    at: ['supervisor · INV · read · assigned own-agency'],
    when: tuple => tuple.agency === 'police',
    says: ['masked'],
    why: 'who supervises needs no source',
    decided: 'src/capabilities/justice/README.md',
  },
]
