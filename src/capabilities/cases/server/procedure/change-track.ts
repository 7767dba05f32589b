import { requireNone } from '#platform/contract/shapes-said.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { firstState, statesAfter } from '../../tracks.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { changeFolder } from '../store.ts'
import { listTracks, putTrack } from './store.ts'

/** What goes on beside the procedure moves by itself: none of the tracks waits for a decision, or for another. */
export const changeTrack = handle(cases.changeTrack, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, now }) => {
    requireFresh(await changeFolder(tx, params.case, version, {}))
    if (facts.folder.status !== 'opened') throw new Problem('not-now')
    const from =
      (await listTracks(tx, params.case)).find(one => one.track === params.track)?.state ?? firstState(params.track)
    requireNone(statesAfter(params.track, from).includes(body.to) ? [] : [{ field: 'to', code: 'not-offered' }])
    await putTrack(tx, { case_id: params.case, track: params.track, state: body.to, at: now, by_account: actor.user })
    await addToTimeline(tx, actor, params.case, 'case.track-changed', { track: params.track, from, to: body.to })
    return { id: params.case, version: version + 1 }
  },
})
