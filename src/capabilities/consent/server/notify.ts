import { notificationDemanded } from '#platform/country/pack.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { factsOf } from './facts.ts'
import * as store from './store.ts'

/** Tells the competent body the least that the law demands. The case's own history is not told of it: the unit reads that. */
export const notify = handle(consent.notify, policy, {
  facts: async ({ read, input, actor, services }) => {
    const pack = services.packs.get(actor.country)
    return {
      ...(await factsOf(read, input.params.case)),
      demanded: pack !== undefined && notificationDemanded(pack) !== undefined,
    }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, input: { params, body }, note }) => {
    const facts = notificationDemanded(services.packs.get(actor.country)!)
    if (!facts) throw notFound()
    const outcome = await store.notify(tx, { caseId: params.case, ...body, facts })
    if (outcome === 'no-refusal') throw new Problem('invalid-input', [{ field: 'refusal', code: 'not-offered' }])
    if (outcome === 'agreed') throw new Problem('not-now')
    if (outcome === 'already') throw new Problem('already-exists')
    note({ basis: body.refusal })
    return undefined
  },
})
