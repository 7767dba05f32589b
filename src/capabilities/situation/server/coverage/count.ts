import { placesByArea, servicesByArea } from '#capabilities/directory/server/index.ts'
import { unmetOfCountry } from '#capabilities/referrals/server/index.ts'
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
  const quarter = quarterBefore(now)
  const [offered, beds, last, actions, missing] = [
    await servicesByArea(read),
    await placesByArea(read),
    await lastOfAreas(read),
    await countActions(read, todayIn(services, actor.country, now)),
    await unmetOfCountry(read, actor, quarter),
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
      unmet: missing === undefined ? null : summed(missing.filter(row => bucket(row) === of)),
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
    quarter,
    at: now.toISOString(),
  }
}

type Missing = NonNullable<Awaited<ReturnType<typeof unmetOfCountry>>>[number]
/** One number for each kind of help and of bed. */
function summed(rows: readonly Missing[]): NonNullable<Counted['unmet']> {
  const found = new Map<string, NonNullable<Counted['unmet']>[number]>()
  for (const { service: kind, place, all } of rows) {
    const before = found.get(`${kind} ${place}`) ?? { kind, place, count: 0, more: false }
    found.set(`${kind} ${place}`, { ...before, count: before.count + (all ?? 0), more: before.more || all === null })
  }
  return [...found.values()]
}
/** The last quarter (UTC) that is over: what is counted of it does not change while somebody looks. */
export function quarterBefore(now: Date): string {
  const quarters = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3) - 1
  return `${Math.floor(quarters / 4)}-Q${(quarters % 4) + 1}`
}

export const coverage = handle(situation.coverage, policy, {
  run: ({ read, services, actor, now }) => countCoverage(read, services, actor, now),
})
