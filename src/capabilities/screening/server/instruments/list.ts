import { handle } from '#platform/http/handle.ts'
import { screening } from '../../contract.ts'
import { edits, policy } from '../../policy.ts'
import { listAll, listInUse } from './find.ts'

/** What my role may use now; those who edit see every version. */
export const instruments = handle(screening.instruments, policy, {
  run: async ({ read, actor, input: { query } }) => {
    const found = edits(actor)
      ? await listAll(read, actor.country)
      : (await listInUse(read, actor.country)).filter(({ row }) => row.whoMayUse.includes(actor.role))
    const items = found
      .map(({ row }) => row)
      .filter(({ layer }) => query.layer === undefined || layer === query.layer)
      .filter(({ sector }) => query.sector === undefined || sector === query.sector || sector === 'any')
    return { items }
  },
})
