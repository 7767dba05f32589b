import { due } from '#platform/clocks/clock.ts'
import { escalationOf } from '#platform/country/escalation.ts'
import { calendarOf } from '#platform/country/pack.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { escalate, listToEscalate } from '../escalation/store.ts'
import { insertTimeline } from '../store.ts'
import { markOverdue } from './store.ts'

/** Told in one run; what is left is told in the next. */
const most = 500

/**
 * Every minute: a clock that ran out says so in the case's history and stands on the unit's list, and the supervisors of the body are told,
 * once, and once more after each further time of the country's pack for as long as it is overdue. It decides nothing.
 */
export const overdueClocks = (services: Pick<Services, 'packs'>): Job => ({
  name: 'cases.overdue-clocks',
  cron: '* * * * *',
  run: async (tx, now) => {
    for (const { case_id, kind } of await markOverdue(tx, now))
      await insertTimeline(tx, {
        id: uuidv7(),
        case_id,
        event: 'case.clock-overdue',
        about: JSON.stringify({ clock: kind }),
      })
    for (const { clock_id, kind, country } of await listToEscalate(tx, now, most)) {
      const pack = services.packs.get(country)
      const further = pack && escalationOf(pack, kind)
      const next = further ? due(calendarOf(pack), { start: now, ...further }) : null
      await escalate(tx, { clock: clock_id, id: uuidv7(), event: uuidv7(), now, next })
    }
  },
})
