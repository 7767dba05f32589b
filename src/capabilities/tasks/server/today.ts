import { handle } from '#platform/http/handle.ts'
import { tasks } from '../contract.ts'
import type { WaitingKind } from '../contract-today.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'
import { allWaiting, horizonOf, most } from './waiting.ts'

/** What waits for the reader in the role they are in. Codes and references, nobody's name. */
export const today = handle(tasks.today, policy, {
  run: async ({ read, actor, services, now, input: { query }, note }) => {
    const horizon = horizonOf(services, actor.country, now, Number(query.ahead ?? 0))
    const found = await allWaiting(read, actor, horizon)
    const counted = new Map<WaitingKind, number>()
    for (const { kind } of found) counted.set(kind, (counted.get(kind) ?? 0) + 1)
    const wanted = query.kind ? found.filter(one => one.kind === query.kind) : found
    const items = wanted.slice(0, most)
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      day: horizon.day,
      items,
      kinds: [...counted].map(([kind, count]) => ({ kind, count })),
      more: wanted.length > most,
    }
  },
})

/** The menu shows no more than this. */
const mostCounted = 100

/** For the menu: a number of one's own tasks, which two small indexes know. */
export const count = handle(tasks.count, policy, {
  run: async ({ read, actor, services, now }) => {
    const { until, end } = horizonOf(services, actor.country, now, 0)
    const holder = { account: actor.user, organisation: actor.organisation, role: actor.role }
    return { due: await store.countLying(read, holder, until, end, mostCounted) }
  },
})
