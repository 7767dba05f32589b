import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { caseFacts, openFolder } from './folder.ts'

export const open = handle(cases.open, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, version }, now }) => {
    await openFolder(tx, actor, services, facts, version, now, null)
    return { id: params.case, version: version + 1 }
  },
})
