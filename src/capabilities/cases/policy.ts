import type { CaseAccess } from '#platform/policy/case-access.ts'
import { bit, type Compartment, compartmentsIn, maskOf } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import { ofTheUnit, type Purpose } from '#platform/policy/roles.ts'
import type { AttachmentCompartment, CaseStatus, Identification } from './contract.ts'

/** What a rule about one case needs to know. */
export interface CaseFacts {
  readonly access: CaseAccess | undefined
  readonly folder: {
    readonly id: string
    readonly status: CaseStatus
    readonly identification: Identification
    readonly holder: string | null
    readonly coordinator: string | null
    readonly madeBy: string
  }
}
/** A file that is brought or saved. */
export interface AttachmentFacts extends CaseFacts {
  readonly compartment: AttachmentCompartment
}
/** A negative decision that waits for its second person. */
export interface SecondFacts extends CaseFacts {
  readonly decision: {
    readonly by: string
    readonly state: string
    /** Of a reconsideration: who made the decisions before it. */
    readonly earlier: readonly string[]
  }
}

const decides: readonly string[] = ['intake', 'decision-maker']
/** Of the unit that holds the case. */
const holds = (actor: Actor, { access }: CaseFacts) => decides.includes(actor.role) && access?.holder === true
/** The coordinator in charge of it. */
export const inCharge = (actor: Actor, { access, folder }: CaseFacts) =>
  actor.role === 'coordinator' && access?.assigned === true && folder.coordinator === actor.user
/** Intake screened somebody themselves and has not opened the case yet. */
const madeIt = (actor: Actor, { access, folder }: CaseFacts) =>
  actor.role === 'intake' && access?.own === true && folder.madeBy === actor.user && folder.status === 'new'

/** An officer or intake who made the case, whatever became of it since. */
const met = (actor: Actor, { access, folder }: CaseFacts) =>
  (actor.role === 'officer' || actor.role === 'intake') && access?.own === true && folder.madeBy === actor.user

/** What each of the unit opens, within what they hold: the coordinator in charge all of the care, the others what their task needs. */
function opens(actor: Actor, facts: CaseFacts): Compartment[] {
  if (inCharge(actor, facts)) return compartmentsIn(maskOf(['ID', 'SVC', 'LOC', 'STA']) & (facts.access?.held ?? 0))
  // Who the person is may have been shared with the unit later, by another referral that still stands.
  const later = [...(facts.access?.shares.values() ?? [])].reduce((mask, one) => mask | one, 0)
  return compartmentsIn(maskOf(['ID', 'STA']) & ((facts.access?.held ?? 0) | later))
}
const read = (actor: Actor, facts: CaseFacts) =>
  holds(actor, facts) || madeIt(actor, facts) || inCharge(actor, facts) ? allow(...opens(actor, facts)) : deny('access')
/** Intake of the unit, or the coordinator in charge. */
const leads = (actor: Actor, facts: CaseFacts) =>
  (actor.role === 'intake' && holds(actor, facts)) || inCharge(actor, facts)

/** Who decides, of the unit that holds the case. */
const judges = (actor: Actor, facts: CaseFacts) => actor.role === 'decision-maker' && holds(actor, facts)
/** Who works on the procedure: who decides, and who is in charge. The country says what each of them may move. */
const works = (actor: Actor, facts: CaseFacts) =>
  allowIf({ place: judges(actor, facts) || inCharge(actor, facts) }, 'STA')

const supervises = (actor: Actor) => allowIf({ role: actor.role === 'supervisor' }, 'STA')

/** Where the person is: who is in charge of them. */
const place = (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'LOC', 'STA')

const names = (facts: CaseFacts) => ((facts.access?.held ?? 0) & bit.ID) !== 0
/** Who says who the person is: intake of the unit that holds the case, or who made it there and has not opened it; the coordinator in charge. */
const changesIdentity = (actor: Actor, facts: CaseFacts) =>
  allowIf({ lead: leads(actor, facts) || madeIt(actor, facts), shared: names(facts) }, 'ID', 'STA')
/**
 * The same, field by field, and the officer who made the case: they typed it and met the person, so what they learn later
 * counts too, whoever has the case by now. Of the rest of the case this opens nothing.
 */
const editsIdentity = (actor: Actor, facts: CaseFacts) =>
  actor.role === 'officer'
    ? allowIf({ made: met(actor, facts), shared: names(facts) }, 'ID', 'STA')
    : changesIdentity(actor, facts)

/** Papers that show who the person is: whoever reads that with the case, where it is open to them, and nobody for the care alone. */
const readsPapers = (actor: Actor, facts: CaseFacts) =>
  allowIf({ reads: read(actor, facts).allow, shared: names(facts) }, 'ID', 'STA')

export const policy = {
  'case.list': (actor: Actor) => allowIf({ role: ofTheUnit.has(actor.role) }, 'STA'),
  'case.export': (actor: Actor) => allowIf({ role: actor.role === 'intake' || actor.role === 'coordinator' }, 'STA'),
  'case.search': (actor: Actor) => allowIf({ role: ofTheUnit.has(actor.role) }, 'ID', 'STA'),
  'case.read': read,
  'case.open': (actor: Actor, facts: CaseFacts) => allowIf({ made: madeIt(actor, facts) }, 'STA'),
  'case.change-identity': changesIdentity,
  'case.identity': editsIdentity,
  'case.edit-identity': editsIdentity,
  'case.conflicts': editsIdentity,
  'case.settle-conflict': editsIdentity,
  // Who writes people down, of what they see of who somebody is.
  'case.alike': (actor: Actor) =>
    allowIf({ role: ['officer', 'intake', 'coordinator'].includes(actor.role) }, 'ID', 'STA'),
  'case.my-conflicts': (actor: Actor) =>
    allowIf({ role: ['officer', 'intake', 'coordinator'].includes(actor.role) }, 'ID', 'STA'),
  'case.where': place,
  'case.change-location': place,
  'case.add-note': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'SVC', 'STA'),
  // Who met the person adds what they were shown, also when the unit has the case by now; only the care reads it.
  'case.attach': (actor: Actor, facts: AttachmentFacts) =>
    facts.compartment === 'ID'
      ? editsIdentity(actor, facts)
      : allowIf({ met: met(actor, facts) || inCharge(actor, facts) }, 'SVC', 'STA'),
  'case.list-attachments': (actor: Actor, facts: CaseFacts) =>
    inCharge(actor, facts)
      ? names(facts)
        ? allow('ID', 'SVC', 'STA')
        : allow('SVC', 'STA')
      : readsPapers(actor, facts),
  'case.read-attachment': (actor: Actor, facts: AttachmentFacts) =>
    facts.compartment === 'ID' ? readsPapers(actor, facts) : allowIf({ charge: inCharge(actor, facts) }, 'SVC', 'STA'),
  'case.assign': (actor: Actor, facts: CaseFacts) => allowIf({ lead: leads(actor, facts) }, 'STA'),
  'case.last-hand-over': (actor: Actor, facts: CaseFacts) => allowIf({ lead: leads(actor, facts) }, 'STA'),
  'case.hand-over': (actor: Actor, facts: { readonly account: string }) =>
    allowIf({ role: actor.role === 'intake' || (actor.role === 'coordinator' && facts.account === actor.user) }, 'STA'),
  'case.decide': (actor: Actor, facts: CaseFacts) =>
    allowIf({ role: actor.role === 'decision-maker', holder: holds(actor, facts) }, 'ID', 'STA'),
  'case.move': (actor: Actor, facts: CaseFacts) =>
    allowIf({ place: holds(actor, facts) || inCharge(actor, facts) }, 'STA'),
  'case.evidence': (actor: Actor, facts: CaseFacts) => allowIf({ decides: judges(actor, facts) }, 'STA'),
  'case.pause-clock': works,
  'case.resume-clock': works,
  'case.extend-clock': works,
  'case.change-track': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'STA'),
  'case.clocks': (actor: Actor) => allowIf({ role: ofTheUnit.has(actor.role) }, 'STA'),
  // Codes of what is overdue in their body, which the database asks again; nothing of a case opens by it.
  'case.escalations': supervises,
  'case.answer-escalation': (actor: Actor, _: { readonly caseId: string }) => supervises(actor),
  // The person's own name stands in it, where it is open to who hands it over.
  'case.decision-notice': (actor: Actor, facts: CaseFacts) =>
    allowIf(
      { place: judges(actor, facts) || inCharge(actor, facts) },
      ...(names(facts) ? (['ID', 'STA'] as const) : (['STA'] as const)),
    ),
  // Nobody reviews for themselves.
  'case.confirm': (actor: Actor, facts: SecondFacts) =>
    allowIf(
      {
        role: actor.role === 'decision-maker',
        holder: holds(actor, facts),
        'same-person': facts.decision.by !== actor.user && !facts.decision.earlier.includes(actor.user),
      },
      'ID',
      'STA',
    ),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>

/** The operator at the command line, who has the keys at hand: makes keyed hashes of who somebody is, and shows it to nobody. */
export const operatorIndexes: Rule<undefined, { readonly purpose: Purpose }> = by =>
  allowIf({ purpose: by.purpose === 'administration' }, 'ID')
