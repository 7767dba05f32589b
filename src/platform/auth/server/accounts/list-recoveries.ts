import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { listRecoveries as rows } from './store.ts'

export const listRecoveries = handle(auth.listRecoveries, policy, {
  run: async ({ read, actor }) => ({
    items: (await rows(read)).map(one => ({
      id: one.id,
      account: { id: one.account_id, name: one.name },
      askedAt: one.asked_at.toISOString(),
      askedBy: one.asked_name,
      confirmable: one.asked_by !== actor.user && one.account_id !== actor.user,
    })),
  }),
})
