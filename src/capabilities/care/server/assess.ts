import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { care } from '../contract.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase, requireOpen, wrong } from './facts.ts'
import { boxOf } from './sealed.ts'
import * as store from './store.ts'

/** An assessment is added and never changed: whoever looks again adds the next. */
export const assess = handle(care.assess, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    const names = body.domains.map(one => one.domain)
    const twice = names.findIndex((one, at) => names.indexOf(one) !== at)
    if (twice >= 0) throw wrong(`domains.${twice}.domain`, 'twice')
    const { id, ...said } = body
    await store.insertAssessment(tx, {
      id,
      case_id: params.case,
      sealed: boxOf(key, facts.row).seal('assessment', id, said),
      by_account: actor.user,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, 'care.assessed', {})
    return { id }
  },
})
