import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { care } from '../contract.ts'
import { policy } from '../policy.ts'
import { levelOf, reviewWithin, worstOf } from '../risk.ts'
import { daysAfter, loaded, ofCase, requireOpen, wrong } from './facts.ts'
import { boxOf } from './sealed.ts'
import * as store from './store.ts'

/** How the person stays safe. The worse the threat, the sooner it is looked at again. */
export const changeSafety = handle(care.changeSafety, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, key, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    const { codeWord, reviewOn, threats, measures, contact } = body
    const level = worstOf(threats.map(one => levelOf(one.likelihood, one.impact)))
    const today = todayIn(services, actor.country, now)
    if (reviewOn < today) throw wrong('reviewOn', 'past')
    const within = reviewWithin(level)
    if (reviewOn > daysAfter(today, within)) throw wrong('reviewOn', 'too-far', within)
    if ((contact.from === undefined) !== (contact.to === undefined))
      throw wrong(contact.from === undefined ? 'contact.from' : 'contact.to', 'required')
    const box = boxOf(key, facts.row)
    requireFresh(
      await store.putSafety(tx, version, {
        case_id: params.case,
        level,
        review_on: reviewOn,
        sealed: box.seal('safety', params.case, { threats, measures, contact }),
        by_account: actor.user,
        at: now,
      }),
    )
    if (codeWord !== undefined)
      await store.putCodeWord(tx, {
        case_id: params.case,
        sealed: box.seal('codeWord', params.case, codeWord),
        by_account: actor.user,
        at: now,
      })
    await addToTimeline(tx, actor, params.case, 'care.safety-changed', {})
    return { id: params.case, version: version + 1 }
  },
})
