import { placesByArea, servicesByArea } from '#capabilities/directory/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { areaOf, areasOf } from '../../areas.ts'
import { type Coverage, situation } from '../../contract.ts'
import { formOf } from '../../instruments/shipped.ts'
import { policy } from '../../policy.ts'
import { scoresOf } from '../../scoring.ts'
import { countActions } from '../actions/store.ts'
import { lastOfAreas } from '../store.ts'

type Counted = Coverage['country']

/** What there is and how it was found, area by area. What shelters people has no area here, whatever a row says. */
export async function countCoverage(read: Read, services: Services, actor: Actor, now: Date): Promise<Coverage> {
  const places = services.packs.get(actor.country)?.places ?? []
  const [offered, beds, last, actions] = [
    await servicesByArea(read),
    await placesByArea(read),
    await lastOfAreas(read),
    await countActions(read, todayIn(services, actor.country, now)),
  ]
  /** Undefined: for the whole country, or more than one area. */
  const bucket = (row: { area: string | null; sheltered: boolean }) =>
    row.sheltered ? 'sheltered' : row.area === null ? undefined : areaOf(places, row.area)
  const counted = (of: string | undefined): Counted => {
    const count = new Map<string, number>()
    for (const row of offered) if (bucket(row) === of) count.set(row.kind, (count.get(row.kind) ?? 0) + row.count)
    const free = new Map<string, { total: number; free: number }>()
    for (const row of beds)
      if (bucket(row) === of) {
        const before = free.get(row.kind) ?? { total: 0, free: 0 }
        free.set(row.kind, { total: before.total + row.total, free: before.free + row.free })
      }
    return {
      services: [...count].map(([kind, number]) => ({ kind, count: number })),
      places: [...free].map(([kind, numbers]) => ({ kind, ...numbers })),
    }
  }
  return {
    areas: areasOf(places).map(({ code }) => {
      const found = last.find(one => one.area === code)
      return {
        area: code,
        ...counted(code),
        last: found
          ? {
              assessment: found.id,
              finishedAt: found.finished_at!.toISOString(),
              scores: scoresOf(formOf('area', found.version_of_form), found.answers),
            }
          : null,
      }
    }),
    country: counted(undefined),
    sheltered: counted('sheltered'),
    actions,
    at: now.toISOString(),
  }
}

export const coverage = handle(situation.coverage, policy, {
  run: ({ read, services, actor, now }) => countCoverage(read, services, actor, now),
})
