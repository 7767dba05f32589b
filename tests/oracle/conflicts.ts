import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import type { Stage, Step } from './stage.ts'

/** The conflict that `putConflicts` left in each case. */
export const conflictOf = new Map<string, string>()

/** Leaves two values of one field in every case, by who made it: as from two phones of theirs. */
export async function putConflicts(stage: Stage): Promise<void> {
  for (const { id, madeBy } of stage.world.cases.values()) {
    if (conflictOf.has(id)) continue
    const { key } = people.find(one => stage.person(one.key).account === madeBy)!
    const params = { case: id }
    for (const value of ['A-100', 'B-200'])
      await stage.personas.get(key)!.call(cases.editIdentity, {
        params,
        body: { id: uuidv7(), edits: [{ field: 'document', value, base: null }] },
      })
    const { rows } = await stage.truth.query('select id from cases.identity_conflict where case_id = $1', [id])
    conflictOf.set(id, rows[0].id)
  }
}

/** Everybody the same, so that nothing waits after it. */
export const edit = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.editIdentity',
  parts: {
    params: { case: id },
    body: { id: uuidv7(), edits: [{ field: 'knownAs', value: 'Wen', base: null }] },
  },
  target: { case: id },
  apply: () => {},
})
/** In another field than it is about: whoever may settle is told 400, and it goes on waiting. */
export const settle = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.settleConflict',
  parts: {
    params: { case: id, conflict: conflictOf.get(id) ?? uuidv7() },
    body: { id: uuidv7(), edit: { field: 'language', value: 'es', base: null } },
  },
  target: { case: id },
  apply: () => {},
})
