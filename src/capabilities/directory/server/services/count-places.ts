import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from './store.ts'

/** How many are free now. Of two who count at once the second is shown what the first said. */
export const countPlaces = handle(directory.countPlaces, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, input: { params, body, version }, now }) => {
    await store.getService(tx, params.organisation, params.service)
    const place = await store.getPlace(tx, params.service, params.kind)
    if (body.free > place.total) throw new Problem('invalid-input', [{ field: 'free', code: 'more-than-total' }])
    if ((await store.countFree(tx, params.service, params.kind, version, body.free, now)) === 0)
      throw new Problem('version-stale')
    return { version: version + 1 }
  },
})
