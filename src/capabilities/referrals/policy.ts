import { type CaseFacts, policy as casePolicy, inCharge } from '#capabilities/cases/policy.ts'
import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Compartment, compartmentsIn, maskOf } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type LinkHolder, type Rule } from '#platform/policy/decide.ts'
import type { ReferralStatus } from './contract.ts'
import { isTakenOn } from './flow.ts'

/** What a rule about one referral needs to know. */
export interface ReferralFacts {
  readonly referral: {
    readonly id: string
    readonly caseId: string
    readonly kind: 'identification' | 'service'
    readonly status: ReferralStatus
    readonly fromOrganisation: string
    readonly fromAccount: string
    readonly toOrganisation: string
    readonly shared: number
  }
  /** What this reader's principals hold of the case now: a withdrawal ends it at once. */
  readonly access: CaseAccess | undefined
}
export interface SendFacts extends CaseFacts {
  readonly kind: 'identification' | 'service'
}
/** Whose counts are asked for. */
export interface CountFacts {
  readonly ofCountry: boolean
  /** The reader's organisation is the one that decides in the country. */
  readonly competent: boolean
}
export interface RoundFacts {
  readonly caseId: string
  readonly fromAccount: string
  readonly fromOrganisation: string
}
/** Of what the person says of a help: whether who asks works for the organisation that gave it, in whatever role. */
export interface FeedbackFacts extends ReferralFacts {
  readonly worksThere: boolean
}
const sends: readonly string[] = ['officer', 'intake', 'coordinator']
const answers: readonly string[] = ['intake', 'provider', 'shelter-manager']

/** Who asked takes it back; what the unit asked is the unit's. */
export const mayStop = (actor: Actor, fromAccount: string, fromOrganisation: string): boolean =>
  (sends.includes(actor.role) && fromAccount === actor.user) ||
  (actor.role === 'intake' && actor.organisation === fromOrganisation)

const isTo = (actor: Actor, { referral }: ReferralFacts) =>
  answers.includes(actor.role) && actor.organisation === referral.toOrganisation
const isFrom = (actor: Actor, { referral }: ReferralFacts) =>
  mayStop(actor, referral.fromAccount, referral.fromOrganisation)
const follows = (actor: Actor, { access }: ReferralFacts) =>
  (actor.role === 'intake' && access?.holder === true) || (actor.role === 'coordinator' && access?.assigned === true)

/**
 * The recipient opens what this referral shares while it stands; whoever holds the case otherwise opens what that gives
 * them. Undefined: no party to it.
 */
function opens(actor: Actor, facts: ReferralFacts): Compartment[] | undefined {
  const { access, referral } = facts
  if (!isTo(actor, facts) && !isFrom(actor, facts) && !follows(actor, facts)) return undefined
  const shared = isTo(actor, facts) ? (access?.shares.get(referral.id) ?? 0) : 0
  return compartmentsIn((shared | (access?.held ?? 0)) & maskOf(['ID', 'STA']))
}
/** In charge of the person: the coordinator; before there is one, who made the case, or intake of the unit that holds it. */
export function leads(actor: Actor, facts: CaseFacts): boolean {
  const { access, folder } = facts
  if (folder.coordinator !== null) return inCharge(actor, facts)
  const made = access?.own === true && folder.madeBy === actor.user
  return (actor.role === 'officer' && made) || (actor.role === 'intake' && (made || access?.holder === true))
}
const maySend = (actor: Actor, facts: SendFacts) => {
  const { access, folder, kind } = facts
  const made = access?.own === true && folder.madeBy === actor.user
  const byUnit = kind === 'service' && ((actor.role === 'intake' && access?.holder) || inCharge(actor, facts))
  return allowIf({ role: sends.includes(actor.role), access: made || byUnit === true }, 'STA')
}
/** Nobody answers what no longer stands: a withdrawal ends the share, and with it the question. */
const answersIt = (actor: Actor, facts: ReferralFacts) =>
  allowIf(
    {
      recipient: isTo(actor, facts),
      stands: facts.access?.shares.has(facts.referral.id) === true,
      // Nobody approves for themselves: whoever sent it takes it back instead.
      'same-person': facts.referral.fromAccount !== actor.user,
    },
    'ID',
    'STA',
  )

/** Who sees to it that an organisation without an account hears of it: who sent it, and who is in charge of the person. */
const seesTo = (actor: Actor, facts: ReferralFacts): boolean =>
  isFrom(actor, facts) || (actor.role === 'coordinator' && facts.access?.assigned === true)
/** Help alone is asked for without an account: which body is competent is the country's to say, and its people sign in. */
const opensDoor = (actor: Actor, facts: ReferralFacts) => ({
  sender: seesTo(actor, facts),
  service: facts.referral.kind === 'service',
})
/** How referrals go, in numbers: the country's for who answers for all of it, and everybody's own. */
const counts = (actor: Actor, { ofCountry, competent }: CountFacts) => {
  const unit = actor.role === 'intake' || actor.role === 'coordinator'
  const own = unit || answers.includes(actor.role)
  const all = actor.role === 'secretariat' || ((unit || actor.role === 'supervisor') && competent)
  return allowIf({ role: ofCountry ? all : own })
}

/**
 * Nobody who works where the help was given hears of it: what somebody says there could be held against them. Who works
 * the case does, and who met the person and asked for the help.
 */
const hears = (actor: Actor, facts: FeedbackFacts) => ({
  apart: facts.referral.kind === 'service' && !facts.worksThere,
  works:
    follows(actor, facts) ||
    ((actor.role === 'officer' || actor.role === 'intake') &&
      facts.access?.own === true &&
      facts.referral.fromAccount === actor.user),
})

/** The safe place that took the person on says where to bring them, while what was shared with it stands. */
const saysWhere = (actor: Actor, { access, referral }: ReferralFacts): boolean =>
  actor.role === 'shelter-manager' &&
  actor.organisation === referral.toOrganisation &&
  referral.kind === 'service' &&
  isTakenOn(referral.status) &&
  access?.shares.has(referral.id) === true
/** They read it, and whoever is in charge of the person; who asked for the help and is not, does not. */
const readsWhere = (actor: Actor, facts: ReferralFacts): boolean =>
  saysWhere(actor, facts) ||
  (actor.role === 'coordinator' && facts.access?.assigned === true && facts.referral.kind === 'service')

export const policy = {
  'referral.performance': counts,
  'referral.performance-csv': counts,
  'referral.send': maySend,
  'referral.ask-several': maySend,
  'referral.rounds': maySend,
  'referral.match': (actor: Actor, facts: CaseFacts) => {
    const may = maySend(actor, { ...facts, kind: 'service' })
    const { held, shares } = facts.access ?? { held: 0, shares: new Map<string, number>() }
    // Who the person is may have been shared with the unit later, as where they read the case.
    const known = [...shares.values()].reduce((mask, one) => mask | one, held)
    return may.allow ? allow(...compartmentsIn(known & maskOf(['ID', 'STA']))) : may
  },
  'referral.stop-round': (actor: Actor, facts: RoundFacts) =>
    allowIf({ sender: mayStop(actor, facts.fromAccount, facts.fromOrganisation) }, 'STA'),
  'referral.list': (actor: Actor) =>
    allowIf({ role: answers.includes(actor.role) || sends.includes(actor.role) }, 'STA'),
  'referral.read': (actor: Actor, facts: ReferralFacts) => {
    const open = opens(actor, facts)
    return open ? allow(...open) : deny('party')
  },
  'referral.case-file': casePolicy['case.read'],
  'referral.received': (actor: Actor, facts: CaseFacts) => allowIf({ leads: leads(actor, facts) }, 'STA'),
  'referral.acknowledge': answersIt,
  'referral.accept': answersIt,
  'referral.decline': answersIt,
  'referral.begin': answersIt,
  'referral.finish': answersIt,
  'referral.end': (actor: Actor, facts: ReferralFacts) =>
    isFrom(actor, facts) ? allow('STA') : answersIt(actor, facts),
  'referral.revoke': (actor: Actor, facts: ReferralFacts) => allowIf({ sender: isFrom(actor, facts) }, 'STA'),
  // Who only met the person learns that it was written down.
  'referral.feedback': (actor: Actor, facts: FeedbackFacts) =>
    allowIf(
      hears(actor, facts),
      ...(follows(actor, facts) ? ((actor.role === 'coordinator' ? ['SVC', 'STA'] : ['STA']) as Compartment[]) : []),
    ),
  'referral.tell-feedback': (actor: Actor, facts: FeedbackFacts) => allowIf(hears(actor, facts), 'SVC', 'STA'),
  'referral.take-back-feedback': (actor: Actor, facts: FeedbackFacts) => allowIf(hears(actor, facts), 'STA'),
  'referral.where': (actor: Actor, facts: ReferralFacts) => allowIf({ reads: readsWhere(actor, facts) }, 'LOC'),
  'referral.say-where': (actor: Actor, facts: ReferralFacts) => allowIf({ says: saysWhere(actor, facts) }, 'LOC'),
  'referral.take-back-where': (actor: Actor, facts: ReferralFacts) => allowIf({ says: saysWhere(actor, facts) }),
  'referral.doors': (actor: Actor, facts: ReferralFacts) => allowIf(opensDoor(actor, facts)),
  'referral.make-link': (actor: Actor, facts: ReferralFacts) => allowIf(opensDoor(actor, facts)),
  'referral.end-link': (actor: Actor, facts: ReferralFacts) => allowIf(opensDoor(actor, facts)),
  // What was shared, as far as who prints it holds it.
  'referral.make-paper': (actor: Actor, facts: ReferralFacts) =>
    allowIf(
      opensDoor(actor, facts),
      ...compartmentsIn((facts.access?.held ?? 0) & facts.referral.shared & maskOf(['ID', 'STA'])),
    ),
  'referral.answer-on-paper': (actor: Actor, facts: ReferralFacts) => allowIf(opensDoor(actor, facts), 'STA'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>

/** What a link that is open is of, and what its referral shares now. */
export interface LinkFacts {
  readonly referral: string
  readonly shared: number
}
const ofLink = (holder: LinkHolder, facts: LinkFacts) => ({ own: holder.referral === facts.referral })

/** What who holds a link may do with its referral: what somebody of the organisation with an account may, and nothing else. */
export const linkPolicy = {
  read: (holder: LinkHolder, facts: LinkFacts) =>
    allowIf(ofLink(holder, facts), ...compartmentsIn(facts.shared & maskOf(['ID', 'STA']))),
  answer: (holder: LinkHolder, facts: LinkFacts) => allowIf(ofLink(holder, facts), 'STA'),
} satisfies Record<string, Rule<LinkFacts, LinkHolder>>
