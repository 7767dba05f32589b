import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import type { EscalationAnswer } from '../../contract-escalation.ts'
import { policy } from '../../policy.ts'
import { listEscalated } from './store.ts'

/** How many a page shows. */
const most = 200

export const escalations = handle(cases.escalations, policy, {
  run: async ({ read, actor, now, note }) => {
    const rows = await listEscalated(read, actor.organisation, now, most + 1)
    const items = rows.slice(0, most).map(row => ({
      id: row.id,
      reference: row.reference,
      clock: row.kind,
      overdueSince: row.due_at.toISOString(),
      toldAt: row.told_at.toISOString(),
      inCharge: row.coordinator,
      deciders: row.deciders,
      answer: row.answer as EscalationAnswer | null,
      answeredBy: row.answered_name,
      answeredAt: row.answered_at?.toISOString() ?? null,
    }))
    note({ count: items.length, ids: rows.slice(0, most).map(one => one.case_id) })
    return { items, more: rows.length > most }
  },
})
