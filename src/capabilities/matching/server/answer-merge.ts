import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import * as store from './store.ts'

export const answerMerge = handle(matching.answerMerge, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findMerge(read, params.merge)
    return { by: row?.by_account }
  },
  run: async ({ tx, input: { params, body, version }, note }) => {
    const row = await store.findMerge(tx, params.merge)
    if (row?.state !== 'proposed') throw new Problem('already-answered')
    if ((await store.answerMerge(tx, params.merge, version, body.answer)) === 0) throw new Problem('version-stale')
    note({ basis: params.merge, reason: body.answer, concerns: pairOf('joined', row.lead_case, row.away_case) })
    return { id: params.merge, version: version + 1 }
  },
})
