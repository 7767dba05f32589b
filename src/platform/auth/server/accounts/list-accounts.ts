import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { accountShape } from '../shapes.ts'
import { assignmentsOf, listAccounts as rows } from './store.ts'

export const listAccounts = handle(auth.listAccounts, policy, {
  run: async ({ read, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const { search, role, status, organisation, after } = query
    const found = await rows(read, { search, role, status, organisation, after }, limit + 1)
    const shown = found.slice(0, limit)
    const assignments =
      shown.length > 0
        ? await assignmentsOf(
            read,
            shown.map(one => one.id),
          )
        : []
    note({ count: shown.length, ids: shown.map(one => one.id) })
    const live = (account: string) => assignments.filter(one => one.account_id === account && one.live)
    return {
      items: shown.map(one => accountShape(one, live(one.id))),
      ...(found.length > limit ? { next: shown.at(-1)!.id } : {}),
    }
  },
})
