import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { placeKinds } from '../../choices.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from './store.ts'

/**
 * Which kinds of place there are. A kind that is not named any more has none. Where a place was taken or counted since the counts were
 * seen, nothing is said: it would be free twice.
 */
export const setPlaces = handle(directory.setPlaces, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, input: { params, body, version }, now }) => {
    await store.getService(tx, params.organisation, params.service)
    const touched = await store.changeService(tx, params.organisation, params.service, version, { changed_at: now })
    if (touched === 0) throw new Problem('version-stale')
    const known = new Set((await store.placesOfService(tx, params.service)).map(one => one.kind))
    for (const kind of placeKinds) {
      const set = body.places.find(one => one.kind === kind)
      if (!set && known.has(kind)) await store.endPlaces(tx, params.service, kind, now)
      if (set && (await store.setPlace(tx, params.service, set, now)) === 0) throw new Problem('version-stale')
    }
    return { id: params.service, version: version + 1 }
  },
})
