import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const change = handle(directory.change, policy, {
  run: async ({ tx, input: { params, body, version } }) => {
    if (!(await store.find(tx, params.organisation))) throw notFound()
    const { kind, name, languages, active } = body
    const touched = await store.update(tx, params.organisation, version, {
      kind,
      name,
      languages,
      active,
      phone: body.phone ?? null,
      email: body.email ?? null,
    })
    if (touched === 0) throw new Problem('version-stale')
    return { id: params.organisation, version: version + 1 }
  },
})
