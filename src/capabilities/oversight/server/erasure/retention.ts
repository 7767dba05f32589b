import type { retentionKinds } from '#platform/country/vocabulary.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { oversight } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { shellsOf } from '../store.ts'
import * as store from './store.ts'

/** Every night: what is due by each country's own rules. It erases nothing; a country without rules has nothing due. */
export const retentionJob = (services: Pick<Services, 'packs'>): Job => ({
  name: 'oversight.retention',
  cron: '43 6 * * *',
  run: async (tx, now) => {
    for (const [country, { retention }] of services.packs) {
      const known = retention.flatMap(({ kind, years }) => (years === null ? [] : [[kind, years] as const]))
      await store.noteDue(tx, country, Object.fromEntries(known), now)
    }
  },
})

export const listDue = handle(oversight.listDue, policy, {
  run: async ({ read, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listDue(read, paged), limit)
    const shells = await shellsOf(
      read,
      items.map(one => one.id),
    )
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(row => ({
        id: row.id,
        reference: shells.get(row.id)?.reference ?? '',
        kind: row.kind as (typeof retentionKinds)[number],
        since: row.since.toISOString(),
      })),
      ...more,
    }
  },
})
