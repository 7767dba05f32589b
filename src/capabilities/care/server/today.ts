import { listCaseloadClocks } from '#capabilities/cases/server/index.ts'
import { dayNumber, instantOf } from '#platform/clocks/zone.ts'
import { handle } from '#platform/http/handle.ts'
import { care } from '../contract.ts'
import type { Due } from '../contract-closing.ts'
import { policy } from '../policy.ts'
import { daysAfter, todayIn } from './facts.ts'
import * as store from './store.ts'

const most = 200

/** What is due of the reader's own cases, and what is late, the earliest first. Codes and references, nobody's name. */
export const today = handle(care.today, policy, {
  run: async ({ read, actor, services, now, input: { query }, note }) => {
    const day = todayIn(services, actor.country, now)
    const until = daysAfter(day, Number(query.ahead ?? 0))
    const zone = services.packs.get(actor.country)?.timeZone.value ?? 'UTC'
    const midnight = new Date(instantOf(zone, dayNumber(until) + 1, 0))
    const [rows, clocks] = await Promise.all([
      store.listDue(read, actor.user, until, most + 1),
      listCaseloadClocks(read, actor.user, midnight, most + 1),
    ])
    const found: Due[] = [
      ...rows.map(one => ({
        kind: one.kind,
        id: one.id,
        case: one.case_id,
        reference: one.reference,
        urgency: one.urgency as Due['urgency'],
        code: one.code,
        due: one.due,
        overdue: one.due < day,
        version: one.version,
      })),
      ...clocks.map(one => ({
        kind: 'clock' as const,
        id: one.id,
        case: one.case_id,
        reference: one.reference,
        urgency: one.urgency as Due['urgency'],
        code: one.kind,
        due: one.due_at.toISOString(),
        overdue: one.due_at < now,
        version: 0,
      })),
    ]
    // A day is due when it ends; within it, what runs to the hour comes first.
    const endOf = (due: string) => (due.length === 10 ? `${due}T99` : due)
    const items = found.sort((a, b) => (endOf(a.due) < endOf(b.due) ? -1 : 1)).slice(0, most)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { day, items, more: found.length > most }
  },
})
