import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { directory, type ServiceKind } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { rowOf } from './said.ts'
import * as store from './store.ts'

/** Says anew what a service is; what is left out is no longer said. */
export const changeService = handle(directory.changeService, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, actor, services, input: { params, body, version }, now }) => {
    const { kind } = await store.getService(tx, params.organisation, params.service)
    const row = await rowOf(tx, params.organisation, kind as ServiceKind, body, services.packs.get(actor.country)!)
    const touched = await store.changeService(tx, params.organisation, params.service, version, {
      ...row,
      changed_at: now,
    })
    if (touched === 0) throw new Problem('version-stale')
    return { id: params.service, version: version + 1 }
  },
})
