import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { screening } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'
import { viewOf } from './view.ts'

export const read = handle(screening.read, policy, {
  facts: async ({ read, input }) => {
    const row = await store.get(read, input.params.screening)
    return { row, screening: { by: row.by_account }, access: await findAccess(read, row.case_id) }
  },
  caseOf: facts => (facts as unknown as { row: store.ScreeningRecord }).row.case_id,
  run: async context => viewOf(context, await store.get(context.read, context.input.params.screening)),
  pull: { kind: 'screening', visible: ({ read, actor, limit }) => store.listKept(read, actor.user, limit) },
})
