import { handle } from '#platform/http/handle.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { listServices } from './store.ts'

export const services = handle(directory.services, policy, {
  run: async ({ read, actor, services, input: { query }, now }) => {
    const limit = Number(query.limit ?? 50)
    const at = { now, pack: services.packs.get(actor.country)! }
    const rows = await listServices(read, { ...query, limit: limit + 1 }, at)
    const items = rows.slice(0, limit)
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
