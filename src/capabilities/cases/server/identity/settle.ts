import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts, requireMove } from '../folder.ts'
import { changeFields } from './change.ts'

/**
 * A person settles a conflict: with one of its values or with another. Where the field moved on since they chose, also by
 * somebody else's settling, the conflict goes on with their choice and what stands: nothing silently wins.
 */
export const settleConflict = handle(cases.settleConflict, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ facts, input: { params, body }, ...context }) => {
    requireMove(facts, 'changeIdentity')
    const { version, conflicts } = await changeFields(
      { ...context, caseId: params.case },
      {
        id: body.id,
        madeAt: body.madeAt,
        edits: () => [body.edit],
        place: () => 'edit.value',
        settles: params.conflict,
      },
    )
    return { id: params.case, version, conflicts: [...conflicts] }
  },
})
