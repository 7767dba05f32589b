import { requireNone } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts, requireMove } from '../folder.ts'
import { changeFields } from './change.ts'

/** Changes fields of who the person is, each on the version it was made on: perhaps a month ago, on a phone. */
export const editIdentity = handle(cases.editIdentity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ facts, input: { params, body }, ...context }) => {
    requireMove(facts, 'changeIdentity')
    const named = body.edits.map(one => one.field)
    requireNone(
      named.flatMap((field, at) =>
        named.indexOf(field) === at ? [] : [{ field: `edits.${at}.field`, code: 'twice' }],
      ),
    )
    const { version, conflicts } = await changeFields(
      { ...context, caseId: params.case },
      { id: body.id, madeAt: body.madeAt, edits: () => body.edits, place: at => `edits.${at}.value` },
    )
    return { id: params.case, version, conflicts: [...conflicts] }
  },
})
