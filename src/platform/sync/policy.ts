import { type Actor, allowIf, type Rule } from '../policy/decide.ts'

// Who may have a phone that works without signal, who ends one, who looks at what a revoked one sent.

export interface OfAccount {
  readonly account: string
}
/** Whose parcel it is, and for which organisation it was made. */
export interface OfMaker {
  readonly maker: string
  readonly organisation: string
}

/** Roles whose finished work may wait for signal. */
const carries = (actor: Actor) => actor.role === 'officer' || actor.role === 'intake'
const administers = (actor: Actor) => actor.role === 'administrator'
const supervises = (actor: Actor) => actor.role === 'supervisor'

const carrier: Rule<unknown> = actor => allowIf({ role: carries(actor) })
// The records' own rules open them, one by one; a pull itself opens nothing.
const administrator: Rule<OfAccount> = actor => allowIf({ role: administers(actor) })
/** A second person, of the organisation that it was made for; an administrator never causes a key release. */
const secondPerson: Rule<OfMaker> = (actor, { maker, organisation }) =>
  allowIf({
    role: supervises(actor),
    organisation: organisation === actor.organisation,
    'same-person': maker !== actor.user,
  })

export const policy = {
  'device.register': carrier,
  'device.list-of': administrator,
  'device.revoke-of': administrator,
  'parcel.list': (actor => allowIf({ role: supervises(actor) })) as Rule<unknown>,
  'parcel.release': secondPerson,
  'parcel.discard': secondPerson,
  'record.pull': carrier,
  'record.pull-rows': carrier,
}
