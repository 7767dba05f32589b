import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

export const unlink = handle(matching.unlink, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findLink(read, params.link)
    return { by: row?.by_account }
  },
  run: async ({ tx, actor, now, key, input: { params, body, version }, note }) => {
    const row = await store.findLink(tx, params.link)
    if (!row) throw notFound()
    const first = (await store.foldersOf(tx, [row.case_a])).get(row.case_a)!
    const sealed = sealWords(key(first.id, first.slot, 'STA'), 'unlink', row.id, body.reason)
    if ((await store.endLink(tx, row.id, version, actor.user, now, sealed)) === 0) throw new Problem('version-stale')
    note({ basis: params.link, concerns: pairOf('joined', row.case_a, row.case_b) })
    return { id: params.link, version: version + 1 }
  },
})
