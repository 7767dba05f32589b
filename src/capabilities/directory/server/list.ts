import { handle } from '#platform/http/handle.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(directory.list, policy, {
  run: async ({ read, input: { query } }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.list(read, { ...query, limit: limit + 1 })
    const items = rows.slice(0, limit)
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
