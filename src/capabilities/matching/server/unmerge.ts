import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Takes two cases apart again: each is as it was, with what was written into it since. */
export const unmerge = handle(matching.unmerge, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findMerge(read, params.merge)
    return { by: row?.by_account }
  },
  run: async ({ tx, key, input: { params, body, version }, note }) => {
    const row = await store.findMerge(tx, params.merge)
    if (row?.state !== 'standing') throw new Problem('not-now')
    const lead = (await store.foldersOf(tx, [row.lead_case])).get(row.lead_case)!
    const sealed = sealWords(key(lead.id, lead.slot, 'STA'), 'undo', row.id, body.reason)
    if ((await store.undoMerge(tx, row.id, version, sealed)) === 0) throw new Problem('version-stale')
    note({ basis: params.merge, concerns: pairOf('joined', row.lead_case, row.away_case) })
    return { id: params.merge, version: version + 1 }
  },
})
