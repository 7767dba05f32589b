import { handle } from '#platform/http/handle.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const get = handle(directory.get, policy, {
  run: ({ read, actor, services, input, now }) =>
    store.get(read, input.params.organisation, { now, pack: services.packs.get(actor.country)! }),
})
