import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { exchange } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import * as store from './store.ts'
import { unlistedOf } from './unlisted.ts'

/**
 * Puts into the public list what was seen, in one transaction.
 * @throws Problem version-stale where a service or who offers it is another one since; invalid-input `services.<n>.id` for one
 * that is not there to be listed, or only by itself
 */
export const publish = handle(exchange.publish, policy, {
  run: async ({ tx, actor, services, input: { body }, now, note }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    const ids = body.services.map(one => one.id)
    await store.holdOrganisationsOf(tx, ids)
    const found = new Map((await store.unlistedAmong(tx, ids)).map(row => [row.id, row]))
    const errors = body.services.flatMap(({ id }, at) => {
      const row = found.get(id)
      const code = !row ? 'not-offered' : unlistedOf(row, saying).alone ? 'public-alone' : undefined
      return code ? [{ field: `services.${at}.id`, code }] : []
    })
    if (errors.length > 0) throw new Problem('invalid-input', errors)
    for (const { id, version, organisationVersion } of body.services) {
      const row = found.get(id)!
      if (row.version !== version || row.organisation_version !== organisationVersion)
        throw new Problem('version-stale')
    }
    await store.publishServices(tx, body.services)
    note({ count: ids.length })
    return { published: ids.length }
  },
})
