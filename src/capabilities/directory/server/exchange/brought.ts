import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { exchange } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import { fullServiceOf, organizationOf } from '../hsds/shape.ts'
import { saidPublicly } from './said-publicly.ts'
import * as store from './store.ts'

/** What whoever keeps a service has to see before they say that it is public. */
export const brought = handle(exchange.brought, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ read, actor, services, input: { params, query }, now }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    if (query.service !== undefined) {
      const row = await store.getService(read, params.organisation, query.service)
      const came = row.hsds !== null || row.organisation_hsds !== null
      return { brought: came ? saidPublicly('service', fullServiceOf(row, saying)) : null }
    }
    const row = (await store.knownOrganisations(read, [params.organisation])).get(params.organisation)
    if (!row) throw notFound()
    return {
      brought: row.organisation_hsds === null ? null : saidPublicly('organization', organizationOf(row, saying)),
    }
  },
})
