import type { Actor, Rule } from '../policy/decide.ts'
import { allowIf } from '../policy/decide.ts'

// Who may let others in. Nobody does anything for themselves here; the database's policies say so a second time.

/** Whose account it is about. */
export interface About {
  readonly account: string
}
export interface RecoveryFacts extends About {
  readonly askedBy: string
}

export interface WaitingFacts extends RecoveryFacts {
  readonly organisation: string
}

const administers = (actor: Actor) => actor.role === 'administrator'
const inCharge = (actor: Actor) => actor.role === 'administrator' || actor.role === 'supervisor'

const administrator: Rule<unknown> = actor => allowIf({ role: administers(actor) })
const somebodyInCharge: Rule<unknown> = actor => allowIf({ role: inCharge(actor) })
const administratorOfAnother: Rule<About> = (actor, { account }) =>
  allowIf({ role: administers(actor), self: account !== actor.user })

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
  'account.ask-recovery': ((actor, { account }) =>
    allowIf({ role: inCharge(actor), self: account !== actor.user })) as Rule<About>,
  'account.list-recoveries': somebodyInCharge,
  'account.confirm-recovery': ((actor, { account, askedBy }) =>
    allowIf({
      role: inCharge(actor),
      self: account !== actor.user,
      'same-person': askedBy !== actor.user,
    })) as Rule<RecoveryFacts>,
}
