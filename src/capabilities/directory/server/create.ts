import { handle } from '#platform/http/handle.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const create = handle(directory.create, policy, {
  run: async ({ tx, actor, input: { body } }) => {
    const { id, kind, name, languages, phone, email } = body
    await store.insert(tx, {
      id,
      country: actor.country,
      kind,
      name,
      languages,
      phone: phone ?? null,
      email: email ?? null,
    })
    return { id, version: 1 }
  },
})
