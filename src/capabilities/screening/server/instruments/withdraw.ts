import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { getRecord } from './find.ts'
import * as store from './store.ts'

/** One person is enough to stop what does harm. What was used before it, or what is shipped, is in use again. */
export const withdrawInstrument = handle(screening.withdrawInstrument, policy, {
  run: async ({ tx, actor, input: { params, version }, now }) => {
    const record = await getRecord(tx, actor.country, params.instrument, params.version)
    if (record.revision !== version) throw new Problem('version-stale')
    if (record.status === 'withdrawn') throw new Problem('not-now')
    const changes = { status: 'withdrawn', withdrawn_by: actor.user, withdrawn_at: now }
    if ((await store.change(tx, record, version, changes)) === 0) throw new Problem('version-stale')
    return { code: record.code, revision: version + 1 }
  },
})
