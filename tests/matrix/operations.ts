/**
 * Which mounted operation does what, in the words of the access table: by slice, each operation under its id with the
 * acts and columns that it is asked under. A new operation is entered here, or in `elsewhere.ts` with a reason.
 */

import type { Compartment } from '#platform/policy/compartments.ts'
import type { Action, Resource, Verdict } from './vocabulary.ts'

/** What a reader gets of a column, once the rule allows: by the compartments that are released to them. */
export type Shows = (opens: (one: Compartment) => boolean, column: Resource) => Verdict

export interface Entry {
  readonly does: readonly Action[]
  readonly to: readonly Resource[]
  /** A list: the row of this table that the reader must see. */
  readonly lists?: string
  /** Where less than everything may be shown; else all, and of a compartment all where it is released. */
  readonly shows?: Shows
  /**
   * Who must be somebody else: the one who asked ('by'), the one it is about ('about'); or why two people are in it
   * whatever the rule says.
   */
  readonly second?: readonly ('by' | 'about')[] | string
  /** Asked only where a court order or vital interest is the reason: it is what the act writes down or rests on. */
  readonly byOrder?: true
  /** Asked where somebody's own yes to police is the reason as well. */
  readonly byConsent?: true
  /** Read through broken glass, which the operation of this id broke. */
  readonly throughGlass?: string
  /** Makes a case: anybody's question where there is none yet; of its compartments they become the maker. */
  readonly makes?: true
  /** The handler runs as well: what it refuses by itself is part of the answer. */
  readonly runs?: true
  /** Its facts look at the ledger itself, beside what stands for a relation. */
  readonly ledger?: true
  /** What the request says, beside ids; each is tried. `{column}` stands for the compartment that is asked about. */
  readonly bodies?: readonly Record<string, unknown>[]
}

const of = (
  does: Action | readonly Action[],
  to: Resource | readonly Resource[],
  more: Partial<Entry> = {},
): Entry => ({
  does: [does].flat() as Action[],
  to: [to].flat() as Resource[],
  ...more,
})
/** The same for several operations. */
const each = (ids: string, entry: Entry): Record<string, Entry> =>
  Object.fromEntries(ids.split(' ').map(id => [id, entry]))

const CARE: readonly Resource[] = ['ID', 'SVC', 'HLT', 'LOC']
/** In codes, where this compartment is not released. */
const codesOr: (one: Compartment) => Shows = one => opens => (opens(one) ? 'allow' : 'masked')
/** A referral whose share has ended is its recipient's own record that something came: without reference and words. */
const referral: Shows = (opens, column) => (opens(column === 'ID' ? 'ID' : 'STA') ? 'allow' : 'deny')

const screening: Record<string, Entry> = {
  'screening.record': of('create', ['screening', 'ID', 'STA'], { makes: true }),
  'screening.list': of('read', 'screening', { lists: 'screening.screening', shows: () => 'masked' }),
  ...each('screening.read screening.ofCase screening.interviews', of('read', 'screening', { shows: codesOr('SVC') })),
  ...each('screening.complete screening.interview screening.override', of('update', 'screening')),
}

const referrals: Record<string, Entry> = {
  'referrals.send': of('share', ['screening', 'ID', 'SVC', 'HLT', 'LOC', 'STA'], {
    runs: true,
    bodies: [
      { kind: 'identification', to: 'unit', share: ['{column}'] },
      { kind: 'service', service: 'shelter', to: 'third', share: ['{column}'] },
    ],
  }),
  'referrals.askSeveral': of('share', ['screening', 'ID', 'SVC', 'HLT', 'LOC', 'STA'], {
    runs: true,
    bodies: [{ service: 'shelter', way: 'at-once', to: ['unit', 'third'], share: ['{column}'] }],
  }),
  ...each('referrals.rounds referrals.match', of('read', 'screening')),
  'referrals.stopRound': of('update', 'screening'),
  'referrals.list': of('read', 'screening', { lists: 'referrals', shows: () => 'masked' }),
  // Who it is about is a column of its own.
  'referrals.read': of('read', ['screening', 'ID'], { shows: referral }),
  'referrals.caseFile': of('read', ['ID', 'SVC', 'LOC', 'STA']),
  ...each(
    'referrals.acknowledge referrals.accept referrals.decline referrals.begin referrals.finish',
    of('approve', 'screening', { second: ['by'] }),
  ),
  ...each('referrals.revoke referrals.end', of('update', 'screening')),
  'referrals.where': of('read', 'LOC'),
  'referrals.sayWhere': of(['create', 'update'], 'LOC'),
  'referrals.takeBackWhere': of('update', 'LOC'),
}

const cases: Record<string, Entry> = {
  'cases.list': of('read', 'STA', { lists: 'cases of the unit' }),
  'cases.search': of('read', 'ID', { lists: 'people of the unit' }),
  'cases.read': of('read', ['ID', 'SVC', 'LOC', 'STA']),
  ...each('cases.identity cases.conflicts', of('read', 'ID')),
  'cases.myConflicts': of('read', 'ID', { lists: 'cases.identity_conflict' }),
  ...each('cases.changeIdentity cases.editIdentity cases.settleConflict', of('update', 'ID')),
  'cases.changeLocation': of(['create', 'update'], 'LOC'),
  'cases.where': of('read', 'LOC'),
  'cases.addNote': of('create', 'SVC'),
  // A paper that shows who the person is goes by the rule of cases.editIdentity.
  'cases.attach': of('create', 'SVC', { bodies: [{ compartment: 'SVC' }] }),
  'cases.listAttachments': of('read', ['ID', 'SVC']),
  // The file that is asked for is one of the services.
  'cases.readAttachment': of('read', 'SVC'),
  'cases.open': of('create', 'STA'),
  'cases.lastHandOver': of('read', 'STA'),
  ...each(
    'cases.assign cases.move cases.changeTrack cases.pauseClock cases.resumeClock cases.extendClock',
    of('update', 'STA'),
  ),
  'cases.handOver': of('update', 'STA', { lists: 'cases of the unit' }),
  'cases.evidence': of('read', 'STA'),
  'cases.clocks': of('read', 'STA', { lists: 'cases.clock' }),
  'cases.decisionNotice': of('read', ['ID', 'STA']),
  'cases.exportCsv': of('export', 'STA', { lists: 'cases of the unit' }),
  'cases.decide': of('approve', 'STA', { second: 'it is about the person of the case; a no waits for cases.confirm' }),
  'cases.confirm': of('approve', 'STA', { second: ['by'] }),
}

const care: Record<string, Entry> = {
  ...each(
    'care.assessments care.safety care.codeWord care.plans care.printPlan care.deliveries care.followUps care.child',
    of('read', 'SVC'),
  ),
  'care.asked': of('read', 'SVC', { shows: codesOr('SVC') }),
  ...each('care.assess care.deliver care.planFollowUps care.nameGuardian care.weighInterest', of('create', 'SVC')),
  ...each(
    'care.changeSafety care.savePlan care.agreePlan care.moveAction care.markFollowUp care.endGuardian',
    of('update', 'SVC'),
  ),
  'care.closing': of('read', 'STA'),
  ...each('care.proposeClosure care.reopen', of('update', 'STA')),
  'care.secondClosure': of('approve', 'STA', { second: ['by'] }),
}

const health: Record<string, Entry> = {
  'health.notes': of('read', 'HLT', { ledger: true }),
  'health.readFile': of('read', 'HLT', { ledger: true }),
  // A note is corrected by another.
  'health.write': of(['create', 'update'], 'HLT'),
  'health.attach': of('create', 'HLT'),
}

const consent: Record<string, Entry> = {
  // A withdrawal is a record of its own: the ledger is only added to.
  ...each('consent.give consent.refuse consent.withdraw', of('create', 'consent')),
  'consent.list': of('read', 'consent'),
  // What was shared on them, with whom.
  'referrals.received': of('read', 'consent'),
}

const justice: Record<string, Entry> = {
  'justice.listLeads': of('read', 'INV', { lists: 'justice.lead', shows: codesOr('INV') }),
  'justice.readLead': of('read', 'INV', { shows: codesOr('INV') }),
  // The file is looked for after the rule.
  'justice.readLeadFile': of('read', 'INV'),
  'justice.makeLead': of('create', 'INV', { makes: true }),
  ...each(
    'justice.changeLead justice.moveLead justice.moveProceedings justice.addLeadNote justice.attachToLead justice.assignLead',
    of('update', 'INV'),
  ),
  ...each('justice.shareLead justice.endLeadShare', of('share', 'INV')),
  'justice.ofCase': of('read', 'STA'),
  // What a court or an emergency obliges to hand over: one writes it down, somebody else answers for it.
  ...each('justice.recordOrder justice.recordInterest', of('share', CARE, { byOrder: true, second: 'it is answered' })),
  ...each('justice.answerOrder justice.reviewInterest', of('share', CARE, { byOrder: true, second: ['by', 'about'] })),
  ...each(
    'justice.receive justice.readHanded justice.saveHanded',
    of('read', CARE, { byOrder: true, byConsent: true }),
  ),
  // A yes of the ledger: what it opens is asked of whom it names.
  'justice.recordConsent': of('create', 'consent'),
}

const oversight: Record<string, Entry> = {
  'oversight.readGlass': of('read', ['ID', 'SVC'], { throughGlass: 'oversight.breakGlass' }),
  ...each(
    'oversight.readEvents oversight.unusual oversight.listCanaries oversight.listDue',
    of('read', 'audit', { lists: 'audit.event' }),
  ),
  'oversight.listGlasses': of('read', 'audit', { lists: 'oversight.break_glass' }),
  // Without what belongs to an investigation or a witness (oversight.case_events).
  ...each('oversight.caseLog oversight.glassesOfCase', of('read', 'audit', { shows: () => 'masked' })),
  'oversight.exportEvents': of('export', 'audit', { lists: 'audit.event' }),
  'oversight.reviewGlass': of('approve', 'audit', { second: ['by'] }),
  'oversight.proposeErasure': of('erase', [...CARE, 'INV', 'WIT', 'STA', 'screening'], { second: 'it is answered' }),
  'oversight.answerErasure': of('erase', [...CARE, 'INV', 'WIT', 'STA', 'screening'], { second: ['by'] }),
  'oversight.exportSubject': of('export', ['ID', 'SVC', 'STA']),
}

const accounts: Record<string, Entry> = {
  ...each('auth.listAccounts auth.getAccount auth.listWaiting auth.listRecoveries', of('read', 'users')),
  'auth.invite': of('create', 'users', { second: 'somebody else comes in; what opens anything waits for another' }),
  ...each(
    'auth.grant auth.renewInvitation auth.endAssignment auth.disableAccount',
    of('update', 'users', { second: ['about'] }),
  ),
  ...each(
    'auth.confirmAssignment auth.refuseAssignment auth.confirmRecovery',
    of('update', 'users', { second: ['by', 'about'] }),
  ),
  'auth.askRecovery': of('update', 'users', { second: ['about'] }),
}

/** Operation id → what it is in the table. */
export const ENTRIES: Readonly<Record<string, Entry>> = {
  ...screening,
  ...referrals,
  ...cases,
  ...care,
  ...health,
  ...consent,
  ...justice,
  ...oversight,
  ...accounts,
}
