import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { recentRecoveries } from './accounts/store.ts'
import { sessionOf } from './proof.ts'
import { recoveryShape } from './shapes.ts'
import { listSessions as rows } from './store.ts'

export const listSessions = handle(auth.listSessions, policy, {
  run: async context => {
    const { read, services } = context
    const { id, account } = sessionOf(context)
    const items = await rows(read, account, services.config.session.idleMinutes)
    return {
      items: items.map(one => ({
        id: one.id,
        device: one.device,
        createdAt: one.created_at.toISOString(),
        seenAt: one.seen_at.toISOString(),
        current: one.id === id,
        demonstration: one.demonstration,
      })),
      recoveries: (await recentRecoveries(read, account)).map(recoveryShape),
    }
  },
})
