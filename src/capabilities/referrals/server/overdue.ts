import { tellOfReferral } from '#capabilities/cases/server/index.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import * as store from './store.ts'

/**
 * Every minute: a referral whose time ran out says so in the case's history, and a question for a service that ran out twice is
 * over, so that somebody else is asked. Before, whoever was asked is reminded at the shares of the time that the country names: their day's
 * list says so, and who wants mail is told that something waits. It decides nothing about anybody.
 */
export const overdue: Job = {
  name: 'referrals.overdue',
  cron: '* * * * *',
  run: async (tx, now) => {
    for (const { case_id, to_organisation } of await store.remind(tx, now))
      await tellOfReferral(tx, uuidv7(), case_id, 'reminded', to_organisation)
    for (const { case_id, to_organisation } of await store.markOverdue(tx, now))
      await tellOfReferral(tx, uuidv7(), case_id, 'overdue', to_organisation)
    for (const { case_id, to_organisation } of await store.expire(tx, now))
      await tellOfReferral(tx, uuidv7(), case_id, 'expired', to_organisation)
  },
}
