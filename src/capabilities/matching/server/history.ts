import { listTimeline } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { matching } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

/** Two histories as one, each entry with the case it comes from. Nothing is copied: it is read where it stands. */
export const history = handle(matching.history, policy, {
  facts: async ({ read, input: { params } }) => ({ holds: await store.holds(read, params.case) }),
  run: async ({ read, input: { params }, note }) => {
    const [own, led] = await Promise.all([store.foldersOf(read, [params.case]), store.listLed(read, params.case)])
    const folders = [own.get(params.case)!, ...led]
    const histories = await Promise.all(
      folders.map(async ({ id, reference }) =>
        (await listTimeline(read, id)).map(one => ({
          id: one.id,
          at: one.at.toISOString(),
          event: one.event,
          reference,
          name: one.name,
          organisation: one.organisation,
          about: one.about as Record<string, unknown>,
        })),
      ),
    )
    const clocks = await Promise.all(
      led.map(async ({ id, reference }) =>
        (await store.listStill(read, id)).map(one => ({
          id: one.id,
          reference,
          kind: one.kind,
          dueAt: one.due_at.toISOString(),
        })),
      ),
    )
    const items = histories.flat().sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
    // Read by itself it is a reading of the case as any other. Read with another's it tells of the other, in nobody's log.
    const how = led.length === 0 ? 'history' : 'joint-history'
    note({ basis: params.case, count: items.length, concerns: folders.map(one => ({ case: one.id, how })) })
    return { items, clocks: clocks.flat() }
  },
})
