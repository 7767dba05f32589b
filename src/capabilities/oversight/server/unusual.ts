import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { handle } from '#platform/http/handle.ts'
import { oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import { unusualIn, unusualRules, usualDays } from '../unusual.ts'
import * as store from './store.ts'

const dayMs = 86_400_000
/** Questions of a page; the newest are the ones to ask. */
const most = 200

export const unusual = handle(oversight.unusual, policy, {
  run: async ({ read, actor, services, input: { query }, now, note }) => {
    const since = new Date(now.getTime() - Number(query.days ?? 7) * dayMs)
    const zone = services.packs.get(actor.country)?.timeZone.value ?? 'UTC'
    const [hours, reads] = await Promise.all([
      store.listReading(read, new Date(since.getTime() - usualDays * dayMs), zone, unusualRules['at-night']),
      store.listCanaryReads(read, since),
    ])
    const found = [
      ...unusualIn(hours, since),
      // One search that found several is one question.
      ...[...new Map(reads.map(one => [one.event_id, one])).values()].map(one => ({
        kind: 'canary' as const,
        account: one.account_id,
        at: one.at,
        count: 1,
        usual: null,
      })),
    ]
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, most)
    const names = await namesOf(
      read,
      found.map(one => one.account),
    )
    note({ count: found.length })
    return {
      items: found.map(one => ({ ...one, at: one.at.toISOString(), name: names.get(one.account) ?? '' })),
    }
  },
})
