import type { CaseAccess } from '#platform/policy/case-access.ts'
import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'

export interface ConsentFacts {
  readonly access: CaseAccess | undefined
}
export interface NotifyFacts extends ConsentFacts {
  /** a verified law of the country wants it */
  readonly demanded: boolean
  readonly child: boolean | null
}

const givesService: readonly string[] = ['provider', 'shelter-manager']

/** Who works with the person: who screened them, the unit that has the case, the coordinator in charge, and who accepted a referral that stands. */
function worksWith(actor: Actor, { access }: ConsentFacts): boolean {
  if (!access) return false
  if (actor.role === 'officer') return access.own
  if (actor.role === 'coordinator') return access.assigned
  if (givesService.includes(actor.role)) return access.accepted
  return actor.role === 'intake' && (access.own || access.holder || access.accepted)
}
/** They, and those who were asked to and have not answered yet: these see what was agreed for them. */
const wasAsked = (actor: Actor, { access }: ConsentFacts): boolean =>
  (actor.role === 'intake' || givesService.includes(actor.role)) && (access?.shares.size ?? 0) > 0

const writes: Rule<ConsentFacts> = (actor, facts) => allowIf({ access: worksWith(actor, facts) }, 'STA')
const reads: Rule<ConsentFacts> = (actor, facts) =>
  allowIf({ access: worksWith(actor, facts) || wasAsked(actor, facts) }, 'STA')

/** Nobody grants for themselves: who gives a service does not write down that their own organisation may be told. */
export const mayName = (actor: Actor, recipient: string): boolean =>
  !givesService.includes(actor.role) || recipient !== actor.organisation

/** Whoever screened an adult, where the law says so. A child is never asked in this way; nor does who gives a service tell. */
const notifies: Rule<NotifyFacts> = (actor, { access, demanded, child }) =>
  allowIf(
    {
      demanded,
      adult: child === false,
      access: (actor.role === 'officer' || actor.role === 'intake') && access?.own === true,
    },
    'STA',
  )
/** The competent body: whoever takes in what comes, and whoever coordinates. */
const receives: Rule<{ readonly competent: boolean }> = ({ role }, { competent }) =>
  allowIf({ role: role === 'intake' || role === 'coordinator', competent })

export const policy = {
  'consent.give': writes,
  'consent.refuse': writes,
  'consent.withdraw': writes,
  'consent.list': reads,
  'consent.notify': notifies,
  'consent.notifications': receives,
}
