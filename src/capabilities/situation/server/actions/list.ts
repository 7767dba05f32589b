import { todayIn } from '#platform/clocks/today.ts'
import { handle } from '#platform/http/handle.ts'
import { situation } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { listActions } from './store.ts'
import { actionOf } from './view.ts'

export const actions = handle(situation.actions, policy, {
  run: async ({ read, actor, services, now, input: { query } }) => {
    const { state, mine } = query
    const rows = await listActions(read, { state, owner: mine && actor.organisation })
    const today = todayIn(services, actor.country, now)
    return {
      items: rows.map(row => ({
        ...actionOf(row, services.keys, actor, today, now),
        subject: row.organisation_id === null ? ('area' as const) : ('provider' as const),
        about: row.organisation_id === null ? null : { id: row.organisation_id, name: row.about_name! },
        area: row.area,
      })),
    }
  },
})
