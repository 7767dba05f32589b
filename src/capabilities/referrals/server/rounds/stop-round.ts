import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { rounds } from '../../contract-rounds.ts'
import { policy } from '../../policy.ts'
import * as store from './store.ts'

export const stopRound = handle(rounds.stop, policy, {
  facts: async ({ read, input }) => {
    const row = await store.getRound(read, input.params.round)
    return { fromAccount: row.from_account, fromOrganisation: row.from_organisation, caseId: row.case_id }
  },
  caseOf: facts => facts.caseId,
  run: async ({ tx, input: { params } }) => {
    if ((await store.stopRound(tx, params.round)) === 0) throw new Problem('not-now')
    return { id: params.round, version: 2 }
  },
})
