import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { listCitable } from './store.ts'

/** What can be cited in a decision on this case. */
export const evidence = handle(cases.evidence, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, input: { params }, note }) => {
    const rows = await listCitable(read, params.case)
    note({ count: rows.length })
    return { items: rows.map(({ kind, id, at, by }) => ({ kind, id, at: at.toISOString(), by: by ?? '' })) }
  },
})
