import { handle } from '#platform/http/handle.ts'
import { directory } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { rowOf } from './said.ts'
import { insertService } from './store.ts'

export const offer = handle(directory.offer, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, actor, services, input: { params, body }, now }) => {
    const { id, kind, ...said } = body
    const row = await rowOf(tx, params.organisation, kind, said, services.packs.get(actor.country)!)
    await insertService(tx, { id, organisation_id: params.organisation, kind, ...row, changed_at: now })
    return { id, version: 1 }
  },
})
