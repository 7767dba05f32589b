import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { handle } from '#platform/http/handle.ts'
import { type MatchRow, matching } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

/** The queue of the unit, as far as the reader is neutral: a match of a case that they have a part in is not there for them. */
export const list = handle(matching.list, policy, {
  run: async ({ read, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.listQueue(read, query.judged === 'yes', { after: query.after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const names = await namesOf(
      read,
      shown.map(row => row.judged_by),
    )
    note({ count: shown.length, ids: shown.map(row => row.id) })
    return {
      items: shown.map(row => ({
        id: row.id,
        why: row.why as MatchRow['why'],
        strength: row.strength as MatchRow['strength'],
        state: row.state as MatchRow['state'],
        foundAt: row.found_at.toISOString(),
        judgedAt: row.judged_at?.toISOString() ?? null,
        judgedName: (row.judged_by && names.get(row.judged_by)) ?? null,
        version: row.version,
      })),
      ...(rows.length > limit ? { next: shown.at(-1)!.id } : {}),
    }
  },
})
