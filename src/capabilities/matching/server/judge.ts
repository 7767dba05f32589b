import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** What somebody neutral says of two records. The last word stands; it may be said anew. */
export const judge = handle(matching.judge, policy, {
  facts: async ({ read, input: { params } }) => {
    const sides = await store.listSides(read, params.match)
    return { found: sides.length === 2 }
  },
  run: async ({ tx, key, input: { params, body, version }, note }) => {
    const [first, second] = await store.listSides(tx, params.match)
    const sealed = sealWords(key(first!.case_id, first!.slot, 'STA'), 'judgement', body.id, body.reason)
    if ((await store.judge(tx, body.id, params.match, version, body.outcome, sealed)) === 0)
      throw new Problem('version-stale')
    note({ basis: params.match, reason: body.outcome, concerns: pairOf('compared', first!.case_id, second!.case_id) })
    return { id: params.match, version: version + 1 }
  },
})
