import type { Job } from '#platform/jobs/jobs.ts'
import { settleAll } from './store.ts'

/** Every five minutes: what lies with somebody whose time in a case or in a role is over goes back. */
export const settleJob: Job = {
  name: 'tasks.settle',
  cron: '*/5 * * * *',
  run: async tx => {
    await settleAll(tx)
  },
}
