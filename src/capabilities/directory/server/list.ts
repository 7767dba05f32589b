import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(directory.list, policy, {
  run: async ({ read, input: { query } }) => {
    const { limit, paged } = pagedBy(query)
    return pageOf(await store.list(read, { ...query, ...paged }), limit)
  },
})
