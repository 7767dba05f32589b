/**
 * Where the product answers otherwise than the access table, one entry for each decision. The printed table is a
 * proposal (§3.3); these are what was decided since, by whom one can read in `decided`. Nothing here may stand against
 * F1, F2, F6, F7, F8 or F11: the spec holds the product to those over every tuple, whatever is listed.
 */

import { NARROWER } from './narrower.ts'
import type { Consent, Tuple } from './vocabulary.ts'

export interface Exception {
  readonly name: string
  /** 'roles · columns · acts · relations', each a list; every combination must be needed. */
  readonly at: readonly string[]
  /** Left out: whatever the consent. */
  readonly consent?: readonly Consent[]
  readonly when?: (tuple: Tuple) => boolean
  /** What the product answers there: verdict, or verdict+obligation. */
  readonly says: readonly string[]
  readonly is: 'wider' | 'narrower'
  readonly why: string
  /** For what is wider: the words of the design or of an issue that it rests on. */
  readonly decided: string
}

const byOrder = (tuple: Tuple): boolean => tuple.order === true

/** Decided wider than the table prints. */
const WIDER: readonly Omit<Exception, 'is'>[] = [
  {
    name: 'codes are read by who has the case',
    at: ['intake coordinator · STA · read · assigned own-agency', 'decision-maker · STA · read · own-agency'],
    says: ['allow'],
    why: 'the table gives C or U on STA without R: nobody changes a status that they cannot see',
    decided:
      'design §5: columns used for lists and statistics are coded; a decision maker is of the competent body (§2.3)',
  },
  {
    name: 'the unit works as one on what was referred to it',
    at: [
      'intake · screening · read · shared',
      'intake · screening · approve · assigned own-agency shared',
      'intake · ID · read · own-agency shared',
      'intake · ID · update · own-agency',
    ],
    says: ['allow', 'allow+second-person'],
    why: 'intake answers a referral and opens the case, whoever is named in it later',
    decided:
      'design §2.2: referral between organisations, not users: an inbox per organisation; issue 2: the Counter Trafficking Unit acknowledges, opens the case and decides',
  },
  {
    name: 'who helps ends what they cannot go on with',
    at: [
      'provider shelter-manager · screening · update · assigned own-agency shared',
      'intake · screening · update · shared',
    ],
    consent: ['live'],
    says: ['allow'],
    why: 'a referral is between two: who gave the help says that it is over, as they said yes to it',
    decided: 'issue 5: in service → done | ended; the provider reports service and outcome',
  },
  {
    name: 'who decides reads what there is to decide from',
    at: ['decision-maker · screening · read update · assigned own-agency', 'decision-maker · ID · read · own-agency'],
    says: ['allow'],
    why: 'the case is the unit’s, not one decision maker’s; they complete the indicators too',
    decided:
      'issue 4: a decision needs grounds per element, evidence cited, a named decision maker of the competent body; issue 2: the unit completes the indicators',
  },
  {
    name: 'the unit moves the procedure',
    at: ['intake decision-maker · STA · update · assigned own-agency'],
    says: ['allow'],
    why: 'each country says which of them moves what; intake assigns the coordinator',
    decided: 'issue 4: a state machine as data (states, who may move what, …); issue 2: assignment and hand-over',
  },
  {
    name: 'a closure is seconded by the unit',
    at: ['intake · STA · approve · assigned own-agency'],
    says: ['allow+second-person'],
    why: 'approving a closure is no decision on status',
    decided: 'issue 4, Care: closure with reason, approval',
  },
  {
    name: 'who was asked to help is an organisation',
    at: [
      'provider shelter-manager · screening ID consent · read · own-agency shared',
      'provider shelter-manager · consent · create · own-agency',
      'provider shelter-manager · HLT · read · own-agency',
    ],
    consent: ['live'],
    says: ['allow'],
    why: 'mark a would need a person to be named in a referral, which names an organisation',
    decided: 'design §2.2: referral between organisations, not users: an inbox per organisation',
  },
  {
    name: 'who helps writes down what they gave',
    at: ['provider shelter-manager · SVC · read · own-agency', 'shelter-manager · SVC · create · own-agency'],
    consent: ['live'],
    says: ['allow', 'masked'],
    why: 'as above; what they read of it is codes',
    decided: 'design §2.2; issue 4, Care: services delivered against the plan (…, provider)',
  },
  {
    name: 'who treats the person is an organisation',
    at: ['provider · HLT · create update · own-agency'],
    consent: ['live'],
    when: tuple => tuple.clinician === true,
    says: ['allow'],
    why: 'as above',
    decided: 'design §2.2: referral between organisations, not users: an inbox per organisation',
  },
  {
    name: 'the person agreed that another provider reads',
    at: ['provider · HLT · read · assigned'],
    consent: ['live'],
    when: tuple => tuple.clinician !== true,
    says: ['allow'],
    why: 'who helps in another way reads what health workers write, where a consent names them and health',
    decided:
      'design §2.1: consent names recipients and what to withhold from whom; issue 4: shares through live consent',
  },
  {
    name: 'the ledger of the unit',
    at: ['intake · consent · create · own-agency', 'intake · consent · read · own-agency shared'],
    says: ['allow'],
    why: 'a person withdraws through anybody who works with them; a recipient sees what was agreed for them',
    decided: 'design §2.1: every share cites it; §10: withdrawing consent stops sharing, never services',
  },
  {
    name: 'who met the person goes on knowing what they typed',
    at: ['officer · ID · update · assigned', 'officer · consent · read · assigned'],
    says: ['allow'],
    why: 'an edit made without signal comes later, and its conflict is settled by a person',
    decided: 'issue 3: version per field; a conflict inbox shows both values and who wrote them',
  },
  {
    name: 'who met the person adds what they were shown',
    at: ['officer intake · SVC · create · assigned'],
    says: ['allow'],
    why: 'a paper is added to the case by who saw it; only the care reads it',
    decided: 'issue 3: everything of the journey offline: …, attachments',
  },
  {
    name: 'a referral takes along what was agreed',
    at: [
      'officer intake · ID SVC STA · share · assigned',
      'intake · ID STA · share · own-agency',
      'coordinator · STA · share · assigned',
    ],
    consent: ['live'],
    says: ['allow'],
    why: 'S in screening / referral is worth nothing without who it is about; codes travel with every share',
    decided: 'issue 2, referrals: to an organisation, with consent record, urgency, what is shared',
  },
  {
    name: 'an order is recorded and answered by the unit',
    at: [
      'intake decision-maker · ID SVC HLT LOC · share · assigned own-agency',
      'coordinator · HLT LOC · share · assigned',
    ],
    when: byOrder,
    says: ['allow+second-person'],
    why: 'who holds the case hands over what a court names, never police themselves, and never one person alone',
    decided: 'issue 4, The wall: shares only through live consent, court order or a reviewed vital-interest record',
  },
  {
    name: 'an order names compartments',
    at: ['investigator prosecutor · SVC LOC · read · assigned'],
    when: byOrder,
    says: ['allow'],
    why: 'F1 lets police read SVC, HLT and LOC on a live basis that names them; the cells print it for HLT alone',
    decided: 'design §2.4: police never read care data without a live consent or a recorded order',
  },
  {
    name: 'a lead is its body’s',
    at: ['investigator · INV · read update · own-agency'],
    says: ['allow'],
    why: 'a lead is open before anybody is put on it, and colleagues take over; mark a would leave it with its maker',
    decided: 'issue 4: a bare INV compartment: a lead with its grading, source and notes',
  },
  {
    name: 'a decision maker confirms an erasure too',
    at: ['decision-maker · screening ID SVC HLT LOC INV WIT STA · erase · assigned own-agency'],
    says: ['allow+second-person'],
    why: 'before a coordinator is named somebody of the unit has to answer for the case',
    decided: 'issue 4: erasure (propose / confirm by two)',
  },
  {
    name: 'what the person may have about themselves',
    at: ['coordinator · ID SVC · export · assigned'],
    says: ['allow'],
    why: 'one person’s own file, handed to that person',
    decided: 'issue 4: subject access export',
  },
  {
    name: 'a prosecutor says what became of a charge',
    at: ['prosecutor · INV · update · assigned'],
    says: ['allow'],
    why: 'a step of the criminal track of a lead that was shared with them by name, and nothing else of the lead',
    decided: 'issue 4: parallel tracks with their own states: support, criminal justice',
  },
  {
    name: 'the coded list as CSV',
    at: ['intake coordinator · STA · export · assigned own-agency'],
    says: ['allow'],
    why: 'codes of what the unit holds, nobody’s identity',
    decided: 'issue 2: CSV of 100,000 rows; design §7: exports stream through a cursor',
  },
  {
    name: 'the console’s answer as CSV',
    at: ['data-protection-officer · audit · export · none assigned own-agency shared'],
    says: ['allow'],
    why: 'what they may read, to be kept with the decision that it led to; the export is an event itself',
    decided: 'issue 4: a data-protection officer’s console: …, exports, …',
  },
  {
    name: 'who gives and confirms roles sees them',
    at: ['administrator supervisor · users · read · none assigned own-agency shared'],
    says: ['allow'],
    why: 'C U without R: nobody ends a role that they cannot see. Accounts name staff, not persons of a case',
    decided: 'issue 2: roles and organisations administered on a screen',
  },
  {
    name: 'care is written by who is in charge of it',
    at: ['coordinator · SVC LOC · create · assigned', 'coordinator · LOC · update · assigned'],
    says: ['allow'],
    why: 'U on SVC needs something to be there; where a person stays is said by who knows it, until shelters do',
    decided:
      'issue 4, Care: assessment, plan, follow-ups, notes per compartment; issue 2, cases: compartments ID / SVC / LOC',
  },
]

export const EXCEPTIONS: readonly Exception[] = [
  ...WIDER.map(one => ({ ...one, is: 'wider' as const })),
  ...NARROWER.map(one => ({ ...one, is: 'narrower' as const })),
]

const split = (field: string | undefined): string[] => field?.split(' ') ?? []
/** Every 'role column act relation' of an exception. */
export const cellsOf = ({ at }: Pick<Exception, 'at'>): string[] =>
  at.flatMap(line => {
    const [who, what, acts, on] = line.split(' · ').map(split)
    return who!.flatMap(role =>
      what!.flatMap(column => acts!.flatMap(act => on!.map(one => `${role} ${column} ${act} ${one}`))),
    )
  })
/** The cell of a tuple, as exceptions name it. */
export const placeOf = ({ role, resource, action, relation }: Tuple): string =>
  `${role} ${resource} ${action} ${relation}`
/** Whether an exception of a cell holds for this tuple of it. */
export const holds = (one: Pick<Exception, 'consent' | 'when'>, tuple: Tuple): boolean =>
  (one.consent?.includes(tuple.consent) ?? true) && (one.when?.(tuple) ?? true)
