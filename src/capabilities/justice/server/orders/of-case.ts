import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { justice } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from '../store.ts'
import { interestsShown, ordersShown, receiptsShown } from './view.ts'

/** What was given of a case to police or prosecution: to whom, on what, and every time that it was read. */
export const ofCase = handle(justice.ofCase, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, facts, key, input: { params } }) => {
    const { row } = facts as Awaited<ReturnType<typeof caseFacts>>
    const [orders, interests, receipts] = await Promise.all([
      store.listOrders(read, params.case),
      store.listInterests(read, params.case),
      store.listReceiptsOfCase(read, params.case),
    ])
    return {
      reference: row.reference,
      orders: await ordersShown(read, actor, key, orders),
      interests: interestsShown(actor, key, interests),
      receipts: receiptsShown(key, receipts),
      records: policy['justice.record-order'](actor, facts).allow,
      agrees: policy['justice.record-consent'](actor, facts).allow,
    }
  },
})
