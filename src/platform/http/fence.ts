import type { Fence } from '../db/context.ts'
import { ceilingOf } from '../policy/ceiling.ts'
import type { Actor } from '../policy/decide.ts'
import { actsForOrganisation, ofTheUnit } from '../policy/roles.ts'
import type { Session } from './session.ts'

/** The fence of an actor: principals, and the most their role may see. */
export const fenceOf = (actor: Actor): Fence => ({
  user: actor.user,
  principals: actsForOrganisation.has(actor.role) ? [actor.user, actor.organisation] : [actor.user],
  organisation: ofTheUnit.has(actor.role) ? actor.organisation : undefined,
  compartments: ceilingOf[actor.role],
  country: actor.country,
  role: actor.role,
})
/** Signed in without a role: sees what is their own and nothing else. */
const ownFence = (session: Session): Fence => ({
  user: session.account,
  principals: [session.account],
  compartments: 0,
  country: 'ZZZ',
  role: 'none',
})

/** Before there is an actor: platform/auth's tables and nothing else. */
const signInFence: Fence = {
  user: '00000000-0000-0000-0000-000000000000',
  principals: [],
  compartments: 0,
  country: 'ZZZ',
  role: 'sign-in',
}

/** What a request may see of the database: public ones nothing but what every role may. */
export const fenceFor = (handler: { readonly signIn?: true }, session: Session | undefined): Fence | undefined => {
  if (handler.signIn) return signInFence
  if (!session) return undefined
  return session.actor ? fenceOf(session.actor) : ownFence(session)
}
