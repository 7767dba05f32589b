import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { getRecord } from './find.ts'
import * as store from './store.ts'

/** A second person puts a draft into use, as they read it. */
export const publishInstrument = handle(screening.publishInstrument, policy, {
  run: async ({ tx, actor, input: { params, version }, now }) => {
    const record = await getRecord(tx, actor.country, params.instrument, params.version)
    if (record.revision !== version) throw new Problem('version-stale')
    if (record.status !== 'draft') throw new Problem('not-now')
    if (record.made_by === actor.user) throw new Problem('same-person')
    const changes = { status: 'published', published_by: actor.user, published_at: now }
    if ((await store.change(tx, record, version, changes)) === 0) throw new Problem('version-stale')
    return { code: record.code, revision: version + 1 }
  },
})
