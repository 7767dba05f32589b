import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { visits } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const revokeCode = handle(visits.revokeCode, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params } }) => {
    if ((await store.revokeCode(tx, params.case, params.code)) === 0) throw notFound()
    await addToTimeline(tx, actor, params.case, 'visit.code-revoked', {})
    return undefined
  },
})
