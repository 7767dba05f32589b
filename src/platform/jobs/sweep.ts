import { sql } from '../db/builder.ts'
import type { Job } from './jobs.ts'

/** Every night: command replies older than 90 days, old sign-in challenges and throttles. */
export const sweep: Job = {
  name: 'platform.sweep',
  cron: '17 6 * * *',
  run: async tx => {
    await tx.run(sql`delete from platform.command where at < now() - interval '90 days'`)
    await tx.run(sql`delete from auth.challenge where expires_at < now()`)
    await tx.run(sql`delete from auth.throttle where until < now() - interval '1 day'`)
  },
}
