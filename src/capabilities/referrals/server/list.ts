import { handle } from '#platform/http/handle.ts'
import { actsForOrganisation } from '#platform/policy/roles.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const list = handle(referrals.list, policy, {
  run: async ({ read, actor, now, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const ofOrganisation = actsForOrganisation.has(actor.role)
    if (query.box === 'inbox' && !ofOrganisation) return { items: [] }
    const rows = await store.list(read, {
      ...(query.box === 'inbox'
        ? { to: actor.organisation }
        : ofOrganisation
          ? { fromOrganisation: actor.organisation }
          : { fromAccount: actor.user }),
      after: query.after,
      status: query.status,
      urgency: query.urgency,
      overdueAt: query.overdue ? now : undefined,
      reference: query.search,
      limit: limit + 1,
    })
    const items = rows.slice(0, limit).map(store.toRow)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
