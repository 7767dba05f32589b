import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound } from '#platform/problem/problem.ts'
import { type alertKinds, oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const alerts = handle(oversight.alerts, policy, {
  run: async ({ read, input: { query } }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listAlerts(read, query.unseen === 'yes', paged), limit)
    return {
      items: items.map(row => ({
        id: row.id,
        kind: row.kind as (typeof alertKinds)[number],
        about: row.about,
        at: row.at.toISOString(),
        seenAt: row.seen_at?.toISOString() ?? null,
      })),
      ...more,
    }
  },
})
export const seeAlert = handle(oversight.seeAlert, policy, {
  run: async ({ tx, input: { params }, now }) => {
    if ((await store.seeAlert(tx, params.alert, now)) === 0) throw notFound()
    return { id: params.alert }
  },
})
