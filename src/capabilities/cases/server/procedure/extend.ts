import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { sealAt } from '../sealed.ts'
import { changeFolder, getFolder } from '../store.ts'
import * as work from './clock-work.ts'
import { getClock, insertStep } from './store.ts'

/** Gives a clock more time in its own unit, where the country lets it be extended; a reason goes with it. */
export const extendClock = handle(cases.extendClock, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now }) => {
    requireFresh(await changeFolder(tx, params.case, version, {}))
    const pack = services.packs.get(actor.country)!
    const clock = await getClock(tx, params.case, params.clock)
    if (facts.folder.status !== 'opened' || clock.stopped_at || clock.paused_at || !work.extendable(pack, clock.kind))
      throw new Problem('not-now')
    const { key_slot, identification } = await getFolder(tx, params.case)
    const amount = work.amountOf(pack, clock) + body.by
    await work.reckon(tx, pack, clock, amount, now)
    await work.showDue(tx, params.case)
    const about = { clock: clock.kind, by: body.by, unit: work.unitOf(pack, clock) ?? '' }
    await insertStep(tx, {
      id: body.id,
      case_id: params.case,
      move: 'extend-clock',
      from_state: identification,
      to_state: identification,
      about: JSON.stringify(about),
      sealed_reasons: sealAt(
        key(params.case, key_slot, 'STA'),
        'step',
        body.id,
        JSON.stringify({ reasons: body.reasons }),
      ),
      by_account: actor.user,
      happened_at: now,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, 'case.clock-extended', about)
    return { id: params.case, version: version + 1 }
  },
})
