import { handle } from '#platform/http/handle.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from './store.ts'

export const withdraw = handle(directory.withdraw, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: ({ tx, input: { params } }) => store.endService(tx, params.organisation, params.service),
})
