import { handle } from '#platform/http/handle.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'
import { actionOf, planOf } from './view.ts'

export const plans = handle(care.plans, policy, {
  ...ofCase,
  run: async ({ read, key, facts, input: { params } }) => {
    const box = boxOf(key, loaded(facts).row)
    const [rows, actions] = await Promise.all([
      store.listPlans(read, params.case),
      store.listActions(read, params.case),
    ])
    return { items: rows.map(one => planOf(one, box)), actions: actions.map(one => actionOf(one, box)) }
  },
})
