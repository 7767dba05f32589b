import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { daysAfter, loaded, ofCase, requireOpen, wrong } from '../facts.ts'
import { insertFollowUp, listFollowUps, markFollowUp } from '../plan/store.ts'
import { boxOf } from '../sealed.ts'
import { leftOpen } from './left-open.ts'
import * as store from './store.ts'

/** Who is in charge proposes that the case ends. What is still open is settled first, or named here one by one. */
export const proposeClosure = handle(care.proposeClosure, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, key, input: { params, body }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    if ((await store.listClosures(tx, params.case)).some(one => one.state === 'proposed')) throw new Problem('not-now')
    const open = await leftOpen(tx, params.case)
    if (open.some(one => !body.explained.includes(one.id))) throw wrong('explained', 'still-open')
    const today = todayIn(services, actor.country, now)
    const { lastContactOn } = body
    if (lastContactOn !== undefined && lastContactOn < today) throw wrong('lastContactOn', 'past')
    if (lastContactOn !== undefined && lastContactOn > daysAfter(today, 732))
      throw wrong('lastContactOn', 'too-far', 732)
    await store.insertClosure(tx, {
      id: body.id,
      case_id: params.case,
      reason: body.reason,
      planned: body.planned,
      last_contact_on: lastContactOn ?? null,
      left_open: JSON.stringify(open) as never,
      sealed_reasons: boxOf(key, facts.row).seal('closure', body.id, body.reasons),
      by_account: actor.user,
      at: now,
    })
    // Only who is in charge writes follow-ups: so the last contact is planned now, and stands in the day's list once closed.
    for (const one of await listFollowUps(tx, params.case))
      if (one.kind === 'last-contact' && one.state === 'planned')
        requireFresh(
          await markFollowUp(tx, one.id, one.version, {
            state: 'dropped',
            sealed_note: null,
            marked_by: actor.user,
            marked_at: now,
          }),
        )
    if (lastContactOn !== undefined)
      await insertFollowUp(tx, {
        id: uuidv7(),
        case_id: params.case,
        kind: 'last-contact',
        due_on: lastContactOn,
        by_account: actor.user,
      })
    await addToTimeline(tx, actor, params.case, 'care.closure-proposed', { reason: body.reason })
    return { id: body.id, version: 1 }
  },
})
