import { mostCounted } from '#platform/contract/shapes.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(cases.list, policy, {
  run: async ({ read, actor, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const { mine, after, limit: _, ...filter } = query
    const of = { ...filter, holder: actor.organisation, coordinator: mine ? actor.user : undefined }
    const rows = await store.list(read, { ...of, after, limit: limit + 1 })
    const items = rows.slice(0, limit).map(store.toRow)
    note({ count: items.length, ids: items.map(one => one.id) })
    if (rows.length <= limit) return { items }
    const next = items.at(-1)!.id
    return after ? { items, next } : { items, next, total: await store.count(read, of, mostCounted + 1) }
  },
})
