import { caseFacts, viewOf } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const caseFile = handle(referrals.caseFile, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async context => {
    const facts = context.facts as Awaited<ReturnType<typeof caseFacts>>
    const [view, rows] = await Promise.all([
      viewOf(context, facts),
      store.listOfCase(context.read, context.input.params.case),
    ])
    return { case: view, referrals: rows.map(store.toRow) }
  },
})
