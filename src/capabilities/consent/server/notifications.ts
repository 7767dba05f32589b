import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { consent } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const notifications = handle(consent.notifications, policy, {
  facts: async ({ read, actor }) => ({
    competent: (await findOrganisation(read, actor.organisation))?.competent === true,
  }),
  run: async ({ read, input: { query }, now, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.notifications(read, { after: query.after, limit: limit + 1, now })
    const items = rows.slice(0, limit)
    note({ count: items.length })
    return { items, ...(rows.length > limit && { next: items.at(-1)!.id }) }
  },
})
