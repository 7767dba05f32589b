import { clockStart, sealInvented, takeSlot } from '#capabilities/cases/server/index.ts'
import { timeOf } from '#platform/contract/shapes.ts'
import { digits } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { listen } from '#platform/jobs/news.ts'
import { oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

// Every event of the audit passes here within seconds of its being written; only ids are told.
listen('audit.numbered', async (tx, { events }) => {
  await store.hear(
    tx,
    events.map(one => one.id),
  )
})

export const listCanaries = handle(oversight.listCanaries, policy, {
  run: async ({ read, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listCanaries(read, paged), limit)
    const ids = items.map(one => one.id)
    const [shells, reads] = await Promise.all([
      store.shellsOf(read, ids),
      ids.length > 0 ? store.listCanaryReads(read, new Date(0), ids) : [],
    ])
    note({ count: items.length })
    return {
      items: items.map(one => ({
        id: one.id,
        reference: shells.get(one.id)?.reference ?? '',
        at: one.at.toISOString(),
        byName: one.by_name ?? '',
        reads: reads
          .filter(each => each.case_id === one.id)
          .map(each => ({
            event: each.event_id,
            at: each.at.toISOString(),
            account: each.account_id,
            name: each.name ?? '',
          })),
      })),
      ...more,
    }
  },
})

const hourMs = 3_600_000
/** A time some hours after another, and not in the future. */
const after = (start: Date, most: number, now: Date): Date =>
  new Date(Math.min(now.getTime(), start.getTime() + (1 + (Number(digits(6)) % most)) * hourMs + Number(digits(7)) / 4))

/** Made when its id says, as any record; opened within a day and a half, and left by the person within five. */
export const plantCanary = handle(oversight.plantCanary, policy, {
  run: async ({ tx, actor, services, key, input: { body }, now }) => {
    const slot = await takeSlot(tx, services.keys)
    const reference = `${digits(5)}-${digits(5)}`
    const { id, ...identity } = body
    const made = new Date(Math.min(now.getTime(), timeOf(id)))
    const opened = after(made, 36, now)
    await store.plant(tx, {
      id,
      reference,
      slot,
      ...sealInvented(services, actor.country, key, { id, slot, identity }),
      made,
      opened,
      withdrew: after(opened, 120, now),
      clock: clockStart(services.packs.get(actor.country)!, 'reasonable-grounds', opened),
    })
    return { id, reference }
  },
})
