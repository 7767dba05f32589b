import type { Concern, ConcernHow } from '#platform/audit/event.ts'
import type { Read } from '#platform/db/context.ts'
import { findLead } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import * as store from './store.ts'

/**
 * A case that who asks has a right to, and another that they name by its reference. One that they have no right to is none.
 * @throws Problem merged where the first leads elsewhere; invalid-input where there is no other, or it is the same
 */
export async function bothCases(
  read: Read,
  id: string,
  named: string,
): Promise<[own: store.Folder, other: store.Folder]> {
  const [reference, own, other] = await Promise.all([
    findLead(read, id),
    store.foldersOf(read, [id]),
    store.findHeld(read, named),
  ])
  if (reference) throw new Problem('merged', [], { reference })
  if (!other || other.id === id) throw new Problem('invalid-input', [{ field: 'other', code: 'no-such-case' }])
  return [own.get(id)!, other]
}

/** Cases that an event concerns as one of several: in the log of none of them, because that would tell of the others. */
export const pairOf = (how: Extract<ConcernHow, 'compared' | 'joined'>, ...cases: readonly string[]): Concern[] =>
  cases.map(one => ({ case: one, how }))
