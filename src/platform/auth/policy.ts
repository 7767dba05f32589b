import type { Actor, Rule } from '../policy/decide.ts'
import { allowIf } from '../policy/decide.ts'

// Who may let others in. Nobody does anything for themselves here; the database's policies say so a second time.

/** Whose account it is about. */
export interface About {
  readonly account: string
}
/** Whose new way in it is about. */
export interface RecoveryFacts extends About {
  /** Where they work now, in whatever role. */
  readonly organisations: readonly string[]
}
export interface AskedFacts extends RecoveryFacts {
  readonly askedBy: string
}

export interface WaitingFacts extends About {
  readonly askedBy: string
  readonly organisation: string
}

const administers = (actor: Actor) => actor.role === 'administrator'
const inCharge = (actor: Actor) => actor.role === 'administrator' || actor.role === 'supervisor'

const administrator: Rule<unknown> = actor => allowIf({ role: administers(actor) })
const somebodyInCharge: Rule<unknown> = actor => allowIf({ role: inCharge(actor) })
const administratorOfAnother: Rule<About> = (actor, { account }) =>
  allowIf({ role: administers(actor), self: account !== actor.user })

/** An administrator, or a supervisor of the only organisation that the person works in: another house's way in is not theirs. */
const answersFor = (actor: Actor, { organisations }: RecoveryFacts) =>
  administers(actor) ||
  (actor.role === 'supervisor' && organisations.length === 1 && organisations[0] === actor.organisation)

/** Another administrator than the one who asked, or a supervisor of that very organisation; never for oneself. */
const secondPerson: Rule<WaitingFacts> = (actor, { account, askedBy, organisation }) =>
  allowIf({
    role: administers(actor) || (actor.role === 'supervisor' && actor.organisation === organisation),
    self: account !== actor.user,
    'same-person': askedBy !== actor.user,
  })

export const policy = {
  'account.list': somebodyInCharge,
  'account.read': somebodyInCharge,
  'account.invite': administrator,
  'account.renew-invitation': administratorOfAnother,
  'account.grant': administratorOfAnother,
  'account.list-waiting': somebodyInCharge,
  'account.confirm-assignment': secondPerson,
  'account.refuse-assignment': secondPerson,
  'account.end-assignment': administratorOfAnother,
  'account.disable': administratorOfAnother,
  'account.end-sessions': administrator,
  'account.ask-recovery': ((actor, facts) =>
    allowIf({ role: answersFor(actor, facts), self: facts.account !== actor.user })) as Rule<RecoveryFacts>,
  'account.list-recoveries': somebodyInCharge,
  'account.confirm-recovery': ((actor, facts) =>
    allowIf({
      role: answersFor(actor, facts),
      self: facts.account !== actor.user,
      'same-person': facts.askedBy !== actor.user,
    })) as Rule<AskedFacts>,
}
