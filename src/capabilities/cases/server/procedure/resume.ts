import { findState, type IdentificationState } from '#platform/country/procedure.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { changeFolder } from '../store.ts'
import { procedureFor } from './apply.ts'
import * as work from './clock-work.ts'
import { getClock } from './store.ts'

/** Lets a clock go on. While the case is interrupted none does: that ends by finding the person, or reopening. */
export const resumeClock = handle(cases.resumeClock, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, version }, now }) => {
    requireFresh(await changeFolder(tx, params.case, version, {}))
    const clock = await getClock(tx, params.case, params.clock)
    const { status, identification } = facts.folder
    const interrupted = findState(procedureFor(services, actor), identification as IdentificationState)?.pauses
    if (status !== 'opened' || interrupted || clock.stopped_at || !clock.paused_at) throw new Problem('not-now')
    await work.resumeClock(tx, services.packs.get(actor.country)!, clock, now, actor.user, now)
    await work.showDue(tx, params.case)
    await addToTimeline(tx, actor, params.case, 'case.clock-resumed', { clock: clock.kind })
    return { id: params.case, version: version + 1 }
  },
})
