import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { screening } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'
import { viewOf } from './view.ts'

export const ofCase = handle(screening.ofCase, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async context => {
    const rows = await store.listOfCase(context.read, context.input.params.case)
    context.note({ count: rows.length })
    return { items: await Promise.all(rows.map(row => viewOf(context, row))) }
  },
})
