import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(cases.list, policy, {
  run: async ({ read, actor, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const { mine, limit: _, ...filter } = query
    const rows = await store.list(read, {
      ...filter,
      holder: actor.organisation,
      limit: limit + 1,
      coordinator: mine ? actor.user : undefined,
    })
    const items = rows.slice(0, limit).map(store.toRow)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
