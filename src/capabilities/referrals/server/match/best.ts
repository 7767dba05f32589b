import { listAlike, listBehind } from '#capabilities/directory/server/index.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import type { ServiceKind } from '#platform/country/vocabulary.ts'
import type { Read } from '#platform/db/context.ts'
import { isReached, type Need, type Ranked, ranked } from '../../rank.ts'

/** How soon organisations answer, in minutes, and what is soon enough. */
export interface Pace {
  readonly usual: ReadonlyMap<string, number>
  readonly inTime: number
  /** Organisations in which somebody is on call now. */
  readonly onCall: ReadonlySet<string>
}
interface Best {
  readonly first: readonly Ranked<{ readonly id: string }>[]
  readonly offered: number
  /** Of these, in an emergency, how many are closed with nobody on call. */
  readonly closedNow: number
  readonly languages: readonly string[]
}

/**
 * The best services of a kind. Those that are alike are weighed once, and only the best of them are looked at one by one; an organisation
 * of which something is known by itself is weighed by itself.
 */
export async function findBest(
  read: Read,
  kind: ServiceKind,
  need: Need,
  { usual, inTime, onCall }: Pace,
  most: number,
  at: { readonly now: Date; readonly pack: CountryPack },
): Promise<Best> {
  const apart = [...new Set([...need.agreed, ...(need.asked ?? []), ...usual.keys(), ...onCall])]
  const asked = { kind, place: need.place, apart }
  const here = <S extends { readonly organisation: { readonly id: string } }>(all: readonly S[]) =>
    all.map(one => ({ ...one, onCall: onCall.has(one.organisation.id) }))
  const all = here(await listAlike(read, asked, at))
  // An emergency waits for no morning.
  const alike = need.urgent ? all.filter(isReached) : all
  const counted = (these: typeof all) => these.reduce((sum, one) => sum + one.count, 0)
  const quick = (organisation: string) => {
    const minutes = usual.get(organisation)
    return minutes === undefined ? undefined : minutes <= inTime
  }
  const order = ranked(alike, need, quick)
  const wanted: typeof order = []
  let held = 0
  for (const one of order) {
    // Of those that are worth the same all are taken: their names say who comes first.
    if (held >= most && one.worth < wanted.at(-1)!.worth) break
    wanted.push(one)
    held += one.service.count
  }
  const behind = await listBehind(
    read,
    asked,
    wanted.map(one => one.service),
    most,
    at,
  )
  return {
    first: ranked(here(behind), need, quick).slice(0, most),
    offered: counted(all),
    closedNow: counted(all) - counted(alike),
    languages: [...new Set(all.flatMap(one => one.languages))].sort(),
  }
}
