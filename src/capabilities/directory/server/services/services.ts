import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { listServices } from './store.ts'

export const services = handle(directory.services, policy, {
  run: async ({ read, actor, services, input: { query }, now }) => {
    const { limit, paged } = pagedBy(query)
    const at = { now, pack: services.packs.get(actor.country)! }
    return pageOf(await listServices(read, { ...query, ...paged }, at), limit)
  },
})
