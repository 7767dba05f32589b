import { handle } from '#platform/http/handle.ts'
import type { ClockRow } from '../../contract.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { listOfUnit } from './store.ts'

export const clocks = handle(cases.clocks, policy, {
  run: async ({ read, actor, input: { query }, now, note }) => {
    const limit = Number(query.limit ?? 50)
    const { limit: _, ...filter } = query
    const rows = await listOfUnit(read, {
      ...filter,
      holder: actor.organisation,
      coordinator: actor.role === 'coordinator' ? actor.user : undefined,
      now,
      limit: limit + 1,
    })
    const items = rows.slice(0, limit).map((row): ClockRow => {
      const standing = row.due_at < now ? 'overdue' : row.warn_at <= now ? 'warning' : 'running'
      return {
        id: row.id,
        case: row.case_id,
        reference: row.reference,
        kind: row.kind,
        state: row.paused_at ? 'paused' : standing,
        dueAt: row.due_at.toISOString(),
        warnAt: row.warn_at.toISOString(),
        pausedAt: row.paused_at?.toISOString() ?? null,
        pauseReason: row.reason,
        coordinator: row.coordinator,
      }
    })
    note({ count: items.length, ids: items.map(one => one.case) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
