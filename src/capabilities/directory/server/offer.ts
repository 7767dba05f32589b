import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { directory, isSheltered, type OrganisationKind } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const offer = handle(directory.offer, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, actor, services, input: { params, body } }) => {
    const { id, kind, area, languages } = body
    const organisation = await store.find(tx, params.organisation)
    if (!organisation) throw notFound()
    if (area !== undefined) {
      const wrong = (code: string) => new Problem('invalid-input', [{ field: 'area', code }])
      if (isSheltered(organisation.kind as OrganisationKind, kind)) throw wrong('sheltered')
      const places = services.packs.get(actor.country)?.places ?? []
      if (!places.some(one => one.code === area)) throw wrong('not-offered')
    }
    await store.insertService(tx, { id, organisation_id: params.organisation, kind, area: area ?? null, languages })
    return { id, version: 1 }
  },
})
