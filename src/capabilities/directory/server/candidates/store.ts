import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'
import { isSheltered, type OrganisationKind, type ServiceKind } from '../../contract.ts'
import type { OfferedService, Opening } from '../../contract-services.ts'
import { type At, isOpenIn, listServices, momentOf } from '../services/store.ts'

/** What a person is measured against in every service of a kind; the rest is read of the few that are answered with. */
export interface Candidate {
  readonly id: string
  readonly organisation: { readonly id: string; readonly name: string }
  readonly area: string | null
  readonly languages: readonly string[]
  readonly sexes: readonly string[]
  readonly minAge: number | null
  readonly maxAge: number | null
  readonly nationalities: readonly string[]
  readonly open: boolean | null
  readonly places: readonly { readonly kind: string; readonly free: number }[]
}
type Row = readonly [
  id: string,
  organisation: string,
  name: string,
  of: OrganisationKind,
  area: string | null,
  languages: string[],
  sexes: string[],
  minAge: number | null,
  maxAge: number | null,
  nationalities: string[],
  hours: Opening[] | null,
  onHolidays: boolean,
]

/** Every service of a kind that can be asked, of the reader's country. In one text: thousands of rows are read from it in no time. */
export async function listCandidates(read: Read, kind: ServiceKind, at: At): Promise<Candidate[]> {
  const [found, counted] = await Promise.all([
    read.one(sql<{ rows: Row[] }>`
      select coalesce(json_agg(json_build_array(s.id, o.id, o.name, o.kind, s.area, s.languages, s.sexes, s.min_age, s.max_age,
        s.nationalities, s.hours, s.open_on_holidays)), '[]') as rows
      from directory.service s join directory.organisation o on o.id = s.organisation_id
      where s.kind = ${kind} and s.active and o.active`),
    read.one(sql<{ rows: [service: string, kind: string, free: number][] }>`
      select coalesce(json_agg(json_build_array(p.service_id, p.kind, p.free)), '[]') as rows
      from directory.place p join directory.service s on s.id = p.service_id
      where s.kind = ${kind} and s.active and p.total > 0`),
  ])
  const places = new Map<string, { kind: string; free: number }[]>()
  for (const [service, of, free] of counted.rows) {
    const known = places.get(service)
    if (known) known.push({ kind: of, free })
    else places.set(service, [{ kind: of, free }])
  }
  const moment = momentOf(at)
  return found.rows.map(
    ([id, organisation, name, of, area, languages, sexes, minAge, maxAge, nationalities, hours, onHolidays]) => ({
      ...{ id, organisation: { id: organisation, name }, languages, sexes, minAge, maxAge, nationalities },
      area: isSheltered(of, kind) ? null : area,
      open: isOpenIn(hours, onHolidays, moment),
      places: places.get(id) ?? [],
    }),
  )
}

/** These services as everybody of the country may read them, in this order. */
export async function listOffered(read: Read, ids: readonly string[], at: At): Promise<OfferedService[]> {
  if (ids.length === 0) return []
  const found = new Map((await listServices(read, { limit: ids.length, ids }, at)).map(one => [one.id, one]))
  return ids.flatMap(id => found.get(id) ?? [])
}
