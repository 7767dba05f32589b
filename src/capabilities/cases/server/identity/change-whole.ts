import { uuidv7 } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import type { FieldEdit, Fields } from '#platform/sync/field-edits.ts'
import { cases, type Identity, identityNames } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts, requireMove } from '../folder.ts'
import { changeFields } from './change.ts'

/** Every field that differs, as an edit on the version that stands: the whole was read at this version. */
const differences = (fields: Fields, identity: Identity): FieldEdit[] =>
  identityNames.flatMap(field => {
    const value = identity[field] ?? null
    const { value: stands = null, version: base = null } = fields[field] ?? {}
    return value === stands ? [] : [{ field, value, base }]
  })

/** Changes who the person is as a whole, for whoever read it whole. */
export const changeIdentity = handle(cases.changeIdentity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ facts, input: { params, body, version }, ...context }) => {
    requireMove(facts, 'changeIdentity')
    const changed = await changeFields(
      { ...context, caseId: params.case },
      {
        id: uuidv7(),
        place: () => 'birthDate',
        edits: (fields, standing) => {
          requireFresh(standing === version ? 1 : 0)
          return differences(fields, body)
        },
      },
    )
    return { id: params.case, version: changed.version }
  },
})
