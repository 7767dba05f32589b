import type { Read } from '../../../db/context.ts'
import { mayHold } from '../../../policy/bodies.ts'
import type { Actor } from '../../../policy/decide.ts'
import type { Role } from '../../../policy/roles.ts'
import { Problem } from '../../../problem/problem.ts'
import { findBody, type NewAssignment } from './store.ts'

/**
 * A role as it was asked for, in an organisation of the actor's own country that may hold it, with an end (if any)
 * still to come.
 * @param field where the assignment stands in the input
 * @throws Problem invalid-input
 */
export async function newAssignment(
  read: Read,
  actor: Actor,
  account: string,
  asked: { id: string; organisation: string; role: Role; until?: string | undefined },
  field: string,
  now: Date,
): Promise<NewAssignment> {
  const until = asked.until === undefined ? undefined : new Date(asked.until)
  const wrong = (name: string, code: string) => new Problem('invalid-input', [{ field: `${field}${name}`, code }])
  if (until && until.getTime() <= now.getTime()) throw wrong('until', 'past')
  const body = await findBody(read, asked.organisation)
  if (!body) throw wrong('organisation', 'not-offered')
  if (!mayHold(asked.role, body)) throw wrong('organisation', 'not-this-body')
  return {
    id: asked.id,
    account_id: account,
    organisation_id: asked.organisation,
    role: asked.role,
    country: actor.country,
    until,
    granted_by: actor.user,
  }
}
