import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'
import type { PlaceKind, ServiceKind } from '../../contract.ts'
import type { OfferedService, Opening } from '../../contract-services.ts'
import { type At, isOpenIn, listServices, type Moment, momentOf } from '../services/store.ts'

/** What a person is measured against in a service. */
interface Said {
  readonly area: string | null
  readonly languages: string[]
  readonly sexes: string[]
  readonly min_age: number | null
  readonly max_age: number | null
  readonly nationalities: string[]
  readonly hours: Opening[] | null
  readonly open_on_holidays: boolean
  /** Whether a place of the kind that is asked for is free; null: none are counted, or asked for. */
  readonly free: boolean | null
  /** The organisation, where it is one of those that are measured by themselves. */
  readonly apart: string | null
}
/** Services that are alike in everything that is measured, as one. */
export interface Alike {
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
  /** How many of them there are. */
  readonly count: number
  readonly said: Said
}

/** What is asked for. */
export interface Asked {
  readonly kind: ServiceKind
  readonly place?: PlaceKind | undefined
  /** Organisations whose services are not counted together with those of others. */
  readonly apart: readonly string[]
}
// No text is made of any row, which would take longer than all the rest.
const measured = ({ kind, place, apart }: Asked) => sql`
  select s.id, o.id as organisation, o.name,
    case when s.kind <> 'safe-accommodation' and o.kind <> 'shelter' then s.area end as area, s.languages, s.sexes, s.min_age, s.max_age,
    s.nationalities, s.hours, s.open_on_holidays, ${place ? sql`p.free` : sql`null::boolean`} as free,
    case when o.id = any (${apart}::uuid[]) then o.id end as apart
  from directory.service s
  join directory.organisation o on o.id = s.organisation_id
  ${
    place
      ? sql`left join (
          select p.service_id, coalesce(bool_or(p.free > 0) filter (where p.kind in (${place}, 'anybody')), false) as free
          from directory.place p where p.total > 0 group by p.service_id) p on p.service_id = s.id`
      : sql``
  }
  where s.kind = ${kind} and s.active and o.active`

function alikeOf(said: Said, moment: Moment, of: Pick<Alike, 'id' | 'organisation' | 'count'>): Alike {
  const { area, languages, sexes, min_age: minAge, max_age: maxAge, nationalities, hours, free } = said
  return {
    ...of,
    ...{ area, languages, sexes, minAge, maxAge, nationalities, said },
    open: isOpenIn(hours, said.open_on_holidays, moment),
    places: free === null ? [] : [{ kind: 'anybody', free: free ? 1 : 0 }],
  }
}

/**
 * The services of a kind that can be asked in the reader's country, those that are alike counted as one: of thousands that
 * leaves some dozens.
 */
export async function listAlike(read: Read, asked: Asked, at: At): Promise<readonly Alike[]> {
  const moment = momentOf(at)
  const rows = await read.all(sql<Said & { count: number }>`
    select m.area, m.languages, m.sexes, m.min_age, m.max_age, m.nationalities, m.hours, m.open_on_holidays, m.free, m.apart,
      count(*)::int as count
    from (${measured(asked)}) m
    group by m.area, m.languages, m.sexes, m.min_age, m.max_age, m.nationalities, m.hours, m.open_on_holidays, m.free, m.apart`)
  return rows.map(({ count, ...said }, n) =>
    alikeOf(said, moment, { id: String(n), organisation: { id: said.apart ?? '', name: '' }, count }),
  )
}

/** The services behind these, of each at most so many, by the name of who offers them. */
export async function listBehind(
  read: Read,
  asked: Asked,
  these: readonly Alike[],
  most: number,
  at: At,
): Promise<readonly Alike[]> {
  if (these.length === 0) return []
  const moment = momentOf(at)
  const wanted = JSON.stringify(these.map(one => one.said))
  const rows = await read.all(sql<Said & { id: string; organisation: string; name: string }>`
    with wanted as materialized (
      select g.*, row_number() over () as n from jsonb_to_recordset(${wanted}::jsonb) g (area text, languages text[], sexes text[], min_age int,
        max_age int, nationalities text[], hours jsonb, open_on_holidays boolean, free boolean, apart uuid)),
    found as (
      select m.*, row_number() over (partition by w.n order by m.name, m.id) as place
      from (${measured(asked)}) m
      join wanted w on w.languages = m.languages and w.sexes = m.sexes and w.nationalities = m.nationalities
        and w.open_on_holidays = m.open_on_holidays and w.area is not distinct from m.area and w.min_age is not distinct from m.min_age
        and w.max_age is not distinct from m.max_age and nullif(w.hours, 'null') is not distinct from m.hours
        and w.free is not distinct from m.free and w.apart is not distinct from m.apart)
    select f.id, f.organisation, f.name, f.area, f.languages, f.sexes, f.min_age, f.max_age, f.nationalities, f.hours, f.open_on_holidays,
      f.free, f.apart
    from found f where f.place <= ${sql.lit(most)}`)
  return rows.map(({ id, organisation, name, ...said }) =>
    alikeOf(said, moment, { id, organisation: { id: organisation, name }, count: 1 }),
  )
}

/** These services as everybody of the country may read them, in this order. */
export async function listOffered(read: Read, ids: readonly string[], at: At): Promise<OfferedService[]> {
  if (ids.length === 0) return []
  const found = new Map((await listServices(read, { limit: ids.length, ids }, at)).map(one => [one.id, one]))
  return ids.flatMap(id => found.get(id) ?? [])
}
