import { handle } from '#platform/http/handle.ts'
import { screening } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(screening.list, policy, {
  run: async ({ read, actor, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.list(read, {
      ...query,
      by: actor.role === 'officer' ? actor.user : undefined,
      limit: limit + 1,
    })
    const items = rows.slice(0, limit).map(store.toRow)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
