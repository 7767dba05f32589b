import { uuidv7 } from '#platform/crypto/random.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { insertTimeline } from '../store.ts'
import { markOverdue } from './store.ts'

/** Every minute: a clock that ran out says so in the case's history, and stands on the unit's list. It decides nothing. */
export const overdueClocks: Job = {
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
  },
}
