import { type CaseFacts, inCharge } from '#capabilities/cases/policy.ts'
import { bit, compartmentsIn } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'

/** What a rule about one lead needs to know; undefined where the reader has none of that id. */
export interface LeadFacts {
  readonly lead: { readonly id: string; readonly organisation: string } | undefined
  /** It was shared with the reader by name, and still is. */
  readonly shared: boolean
}
/** Somebody to whom the lead is closed, and by whom; undefined where there is no such record. */
export interface BarFacts extends LeadFacts {
  readonly bar: { readonly by: string } | undefined
}
/** A record that waits for its second person. */
export interface WaitingFacts extends CaseFacts {
  readonly waiting: { readonly by: string; readonly to: readonly string[]; readonly state: string }
}
/** What an order, a vital interest or the person's own yes opens to whoever asks, at this moment. */
export interface HandedFacts {
  readonly handed: { readonly case: string } | undefined
  readonly opens: number
  /** It was the person who agreed. */
  readonly agreed: boolean
}

/** Somebody's own yes lets police know who they are, and nothing else. */
const opened = ({ opens, agreed }: HandedFacts): number => (agreed ? opens & bit.ID : opens)
const investigator = (actor: Actor) => actor.role === 'investigator'
const justiceSide = (actor: Actor) => investigator(actor) || actor.role === 'prosecutor'
/** Two factors: whoever only typed a password opens nothing of this. */
const strong = (actor: Actor) => actor.strength === 2
/** Of the body whose lead it is. */
const ofBody = (actor: Actor, { lead }: LeadFacts) => lead !== undefined && lead.organisation === actor.organisation

function readsLead(actor: Actor, facts: LeadFacts) {
  if (investigator(actor)) return allowIf({ body: ofBody(actor, facts), strong: strong(actor) }, 'INV')
  if (actor.role === 'prosecutor') return allowIf({ shared: facts.shared, strong: strong(actor) }, 'INV')
  // Codes, and no key to anything that was said.
  return allowIf({ supervises: actor.role === 'supervisor' && ofBody(actor, facts) })
}

/** Of the unit that holds the case, or in charge of it. */
const place = (actor: Actor, facts: CaseFacts) =>
  ((actor.role === 'intake' || actor.role === 'decision-maker') && facts.access?.holder === true) ||
  inCharge(actor, facts)
/** Who writes down what a court or an emergency asks: never police themselves. */
const records = (actor: Actor, facts: CaseFacts) =>
  allowIf({ place: place(actor, facts), role: actor.role !== 'decision-maker' }, 'STA')
/** Nobody seconds what they wrote, nor what is given to themselves. */
const seconds = (actor: Actor, facts: WaitingFacts) =>
  allowIf(
    {
      place: place(actor, facts),
      'same-person': facts.waiting.by !== actor.user && !facts.waiting.to.includes(actor.user),
    },
    'STA',
  )

export const policy = {
  'justice.list-leads': (actor: Actor) =>
    justiceSide(actor) ? allowIf({ strong: strong(actor) }, 'INV') : allowIf({ role: actor.role === 'supervisor' }),
  'justice.make-lead': (actor: Actor) => allowIf({ role: investigator(actor), strong: strong(actor) }, 'INV'),
  'justice.read-lead': readsLead,
  // What was said, so not for who sees the codes alone.
  'justice.read-lead-file': (actor: Actor, facts: LeadFacts) =>
    justiceSide(actor) ? readsLead(actor, facts) : deny('role'),
  'justice.change-lead': (actor: Actor, facts: LeadFacts) =>
    investigator(actor) ? readsLead(actor, facts) : deny('role'),

  'justice.bar-from-lead': (actor: Actor, facts: LeadFacts) =>
    allowIf({ role: investigator(actor), body: ofBody(actor, facts), strong: strong(actor) }),
  // Whoever closed it, or a supervisor: a colleague of whom it is closed to opens it for nobody.
  'justice.end-lead-bar': (actor: Actor, facts: BarFacts) =>
    allowIf({
      found: facts.bar !== undefined,
      body: ofBody(actor, facts),
      strong: strong(actor),
      closer: actor.role === 'supervisor' || (investigator(actor) && facts.bar?.by === actor.user),
    }),

  'justice.move-proceedings': (actor: Actor, facts: LeadFacts) =>
    justiceSide(actor) ? readsLead(actor, facts) : deny('role'),

  'justice.people': (actor: Actor) =>
    allowIf({ role: investigator(actor) || actor.role === 'intake' || actor.role === 'coordinator' }),

  'justice.of-case': (actor: Actor, facts: CaseFacts) => allowIf({ place: place(actor, facts) }, 'STA'),
  'justice.record-order': records,
  'justice.answer-order': seconds,
  'justice.revoke-order': (actor: Actor, facts: WaitingFacts) => allowIf({ place: place(actor, facts) }, 'STA'),
  'justice.record-interest': records,
  'justice.review-interest': seconds,

  // Whoever keeps what the person agreed to: nobody else of the unit knows of it.
  'justice.record-consent': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }),

  // Court and number open with STA; the rest is exactly what the order names.
  'justice.handed': (actor: Actor) => allowIf({ role: justiceSide(actor), strong: strong(actor) }, 'STA'),
  'justice.read-handed': (actor: Actor, facts: HandedFacts) =>
    justiceSide(actor) && strong(actor) && facts.handed !== undefined && opened(facts) !== 0
      ? allow(...compartmentsIn(opened(facts)), 'STA')
      : deny('handed'),
  'justice.receipts': (actor: Actor) => allowIf({ role: justiceSide(actor), strong: strong(actor) }, 'STA'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
