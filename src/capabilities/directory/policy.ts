import { type Actor, allow, allowIf, type Rule } from '#platform/policy/decide.ts'

export interface OrganisationFacts {
  /** The organisation the request is about. */
  readonly organisation: string
}
const ownStaff: readonly string[] = ['intake', 'coordinator', 'provider', 'shelter-manager', 'supervisor']
const anybody: Rule<Record<never, never>> = () => allow()
/** Only who is there knows what is free. */
const counts: Rule<OrganisationFacts> = (actor, { organisation }) =>
  allowIf({ role: ownStaff.includes(actor.role) && actor.organisation === organisation })
const administers = (actor: Actor) => allowIf({ role: actor.role === 'administrator' })
/** An organisation keeps its own services and roster; the administrator keeps everybody's. */
const keeps: Rule<OrganisationFacts> = (actor, { organisation }) =>
  allowIf({
    role: actor.role === 'administrator' || (ownStaff.includes(actor.role) && actor.organisation === organisation),
  })

export const policy = {
  'organisation.list': anybody,
  'organisation.read': anybody,
  'organisation.create': administers,
  'organisation.change': administers,
  'organisation.exchange': administers,
  'organisation.offer': keeps,
  'organisation.on-call': keeps,
  'organisation.places': counts,
} satisfies Record<string, Rule<never>>
