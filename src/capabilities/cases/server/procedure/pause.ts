import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { changeFolder } from '../store.ts'
import * as work from './clock-work.ts'
import { getClock } from './store.ts'

/** Lets a clock stand still, for one of the reasons that the country knows. One that ran out stays out. */
export const pauseClock = handle(cases.pauseClock, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, body, version }, now }) => {
    requireFresh(await changeFolder(tx, params.case, version, {}))
    const clock = await getClock(tx, params.case, params.clock)
    const from = body.from ? new Date(body.from) : now
    if (facts.folder.status !== 'opened' || clock.stopped_at || clock.paused_at || from > clock.due_at)
      throw new Problem('not-now')
    const reasons = work.pauseReasons(services.packs.get(actor.country)!, clock.kind)
    requireNone([
      ...(reasons.includes(body.reason) ? [] : [{ field: 'reason', code: 'not-offered' }]),
      ...(body.from ? wrongSaid(body.from, now, 'from', 'paper') : []),
      ...(from < clock.starts_at ? [{ field: 'from', code: 'too-old' }] : []),
    ])
    await work.pauseClock(tx, clock, { id: body.id, reason: body.reason, from, by: actor.user })
    await work.showDue(tx, params.case)
    await addToTimeline(tx, actor, params.case, 'case.clock-paused', { clock: clock.kind, reason: body.reason })
    return { id: params.case, version: version + 1 }
  },
})
