import { handle } from '#platform/http/handle.ts'
import { care } from '../../contract.ts'
import type { Delivery } from '../../contract-plan.ts'
import { policy } from '../../policy.ts'
import { totalsOf } from '../../totals.ts'
import { loaded, ofCase } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'
import { actionOf, deliveryOf } from './view.ts'

export const deliveries = handle(care.deliveries, policy, {
  ...ofCase,
  run: async ({ read, actor, services, key, facts, input: { params } }) => {
    const box = boxOf(key, loaded(facts).row)
    const items: Delivery[] = (await store.listDeliveries(read, params.case)).map(one => deliveryOf(one, box))
    return {
      items,
      totals: totalsOf(items),
      currency: services.packs.get(actor.country)?.currency.value?.code ?? null,
    }
  },
})

/** The fence shows a provider what names their own organisation and nothing else. */
export const asked = handle(care.asked, policy, {
  ...ofCase,
  run: async ({ read, actor, services, decision, key, facts, input: { params } }) => {
    const box = decision.permits(params.case, 'SVC') ? boxOf(key, loaded(facts).row) : undefined
    const [actions, given] = await Promise.all([
      store.listActions(read, params.case),
      store.listDeliveries(read, params.case),
    ])
    return {
      actions: actions.map(one => actionOf(one, box)),
      deliveries: given.map(one => deliveryOf(one, undefined)),
      currency: services.packs.get(actor.country)?.currency.value?.code ?? null,
    }
  },
})
