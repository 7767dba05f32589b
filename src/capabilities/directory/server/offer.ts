import { handle } from '#platform/http/handle.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const offer = handle(directory.offer, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, input: { params, body } }) => {
    const { id, kind, area, languages } = body
    await store.insertService(tx, { id, organisation_id: params.organisation, kind, area: area ?? null, languages })
    return { id, version: 1 }
  },
})
