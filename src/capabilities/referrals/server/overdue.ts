import { tellOverdue } from '#capabilities/cases/server/index.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import * as store from './store.ts'

/** Every minute: a referral whose time ran out says so in the case's history. It decides nothing. */
export const overdue: Job = {
  name: 'referrals.overdue',
  cron: '* * * * *',
  run: async (tx, now) => {
    for (const { case_id, to_organisation } of await store.markOverdue(tx, now))
      await tellOverdue(tx, uuidv7(), case_id, to_organisation)
  },
}
