import type { Insertable, Selectable } from 'kysely'
import type { WorkCalendar } from '#platform/clocks/clock.ts'
import { localDay, offsetAt, weekday } from '#platform/clocks/zone.ts'
import { type CountryPack, calendarOf } from '#platform/country/pack.ts'
import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { containing } from '#platform/db/search.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { PlaceKind } from '../../choices.ts'
import { isSheltered, type OrganisationKind, type ServiceKind } from '../../contract.ts'
import type { OfferedService, Opening, Place, Service } from '../../contract-services.ts'

type Row = Selectable<Tables['directory.service']>

/** When it is open, as the clocks count: a service without hours of its own follows none. */
export function openingOf(hours: readonly Opening[], onHolidays: boolean, pack: CountryPack): WorkCalendar {
  const country = calendarOf(pack)
  return {
    timeZone: country.timeZone,
    workingDays: [...new Set(hours.flatMap(one => one.days))],
    hours: [...hours].sort((a, b) => (a.from < b.from ? -1 : 1)),
    holidays: onHolidays ? [] : country.holidays,
  }
}

/** A service as everybody of the country may read it; `shelter`: it stands nowhere and is in no public list. */
export function serviceOf(row: Row, of: OrganisationKind, places: readonly Place[], at: At): Service {
  const hidden = isSheltered(of, row.kind as ServiceKind)
  return {
    id: row.id,
    kind: row.kind as ServiceKind,
    name: row.name,
    description: row.description,
    area: hidden ? null : row.area,
    languages: row.languages,
    sexes: row.sexes as Service['sexes'],
    minAge: row.min_age,
    maxAge: row.max_age,
    withChildren: row.with_children,
    nationalities: row.nationalities,
    residence: row.residence as Service['residence'],
    exploitation: row.exploitation as Service['exploitation'],
    accessNeeds: row.access_needs as Service['accessNeeds'],
    cost: row.cost as Service['cost'],
    howToAsk: row.how_to_ask as Service['howToAsk'],
    hours: row.hours as Opening[] | null,
    openOnHolidays: row.open_on_holidays,
    interpreterSexes: row.interpreter_sexes as Service['interpreterSexes'],
    vouchedBy: row.vouched_by,
    public: row.public && !hidden,
    active: row.active,
    open: isOpenNow(row, at),
    places: [...places],
    version: row.version,
  }
}
/** Whether it is open at this moment; null: nobody said when it is. */
export const isOpenNow = (row: Pick<Row, 'hours' | 'open_on_holidays'>, at: At): boolean | null =>
  isOpenIn(row.hours as Opening[] | null, row.open_on_holidays, momentOf(at))
/** A moment in a country. */
export interface At {
  readonly now: Date
  readonly pack: CountryPack
}

const placeOf = (row: Selectable<Tables['directory.place']>): Place => ({
  kind: row.kind as PlaceKind,
  total: row.total,
  free: row.free,
  toldAt: row.told_at.toISOString(),
  version: row.version,
})
/** The places of these services, by service. */
async function placesOf(read: Read, ids: readonly string[]): Promise<Map<string, Place[]>> {
  const found = new Map<string, Place[]>()
  if (ids.length === 0) return found
  const rows = await read.all(
    db
      .selectFrom('directory.place')
      .selectAll()
      .where(sql<boolean>`service_id = any (${ids}::uuid[])`)
      .where('total', '>', 0)
      .orderBy('kind'),
  )
  for (const row of rows) found.set(row.service_id, [...(found.get(row.service_id) ?? []), placeOf(row)])
  return found
}

/** All services of one organisation, also those withdrawn. */
export async function servicesOf(read: Read, id: string, kind: OrganisationKind, at: At): Promise<Service[]> {
  const rows = await read.all(
    db.selectFrom('directory.service').selectAll().where('organisation_id', '=', id).orderBy('kind').orderBy('id'),
  )
  const places = await placesOf(
    read,
    rows.map(row => row.id),
  )
  return rows.map(row => serviceOf(row, kind, places.get(row.id) ?? [], at))
}

export interface Filter {
  readonly after?: string | undefined
  readonly limit: number
  readonly kind?: string | undefined
  readonly language?: string | undefined
  readonly area?: string | undefined
  readonly open?: 'now' | undefined
  readonly free?: PlaceKind | undefined
  readonly search?: string | undefined
  /** These alone. */
  readonly ids?: readonly string[] | undefined
}
/** Services that can be asked, by the name of who offers them; the cursor is the last one's id. */
export async function listServices(read: Read, filter: Filter, at: At): Promise<OfferedService[]> {
  let query = db
    .selectFrom('directory.service as s')
    .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
    .selectAll('s')
    .select(['o.name as organisation_name', 'o.kind as organisation_kind', 'o.phone as organisation_phone'])
    .where('s.active', '=', true)
    .where('o.active', '=', true)
    .orderBy('o.name')
    .orderBy('s.id')
    .limit(sql.lit(filter.limit))
  if (filter.ids) query = query.where(sql<boolean>`s.id = any (${filter.ids}::uuid[])`)
  if (filter.kind) query = query.where('s.kind', '=', filter.kind)
  if (filter.language) query = query.where(sql<boolean>`${filter.language} = any (s.languages)`)
  if (filter.area) query = query.where(sql<boolean>`(s.area is null or s.area = ${filter.area})`)
  if (filter.open) query = query.where(openAt(at))
  if (filter.free)
    query = query.where(
      sql<boolean>`s.id in (select p.service_id from directory.place p where p.kind in (${filter.free}, 'anybody') and p.free > 0)`,
    )
  if (filter.search) {
    const like = containing(filter.search)
    query = query.where(sql<boolean>`(lower(o.name) like ${like} or lower(s.name) like ${like})`)
  }
  if (filter.after)
    query = query.where(
      sql<boolean>`(o.name, s.id) > (select b.name, a.id from directory.service a join directory.organisation b on b.id = a.organisation_id where a.id = ${filter.after})`,
    )
  const rows = await read.all(query)
  const places = await placesOf(
    read,
    rows.map(row => row.id),
  )
  return rows.map(row => ({
    ...serviceOf(row, row.organisation_kind as OrganisationKind, places.get(row.id) ?? [], at),
    organisation: {
      id: row.organisation_id,
      name: row.organisation_name,
      kind: row.organisation_kind as OrganisationKind,
      phone: row.organisation_phone,
    },
  }))
}
/** A moment in a country, as hours are compared with it. */
export interface Moment {
  /** 1 is Monday. */
  readonly weekday: number
  /** HH:MM */
  readonly time: string
  readonly holiday: boolean
}
export function momentOf({ now, pack }: At): Moment {
  const { timeZone, holidays } = calendarOf(pack)
  const day = localDay(timeZone, now.getTime())
  const minutes = Math.floor((now.getTime() + offsetAt(timeZone, now.getTime())) / 60_000) % 1440
  return {
    weekday: weekday(day),
    time: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    holiday: holidays.includes(new Date(day * 86_400_000).toISOString().slice(0, 10)),
  }
}
/** Whether a service is open then; null: nobody said when it is. Hours are compared as text, which orders times of day. */
export const isOpenIn = (hours: readonly Opening[] | null, onHolidays: boolean, moment: Moment): boolean | null =>
  hours === null || hours.length === 0
    ? null
    : (onHolidays || !moment.holiday) &&
      hours.some(one => one.days.includes(moment.weekday) && one.from <= moment.time && moment.time < one.to)
/** The same in a statement. */
export function openAt(at: At) {
  const { weekday: day, time, holiday } = momentOf(at)
  return sql<boolean>`(s.open_on_holidays or not ${holiday}::boolean) and exists (
    select from jsonb_array_elements(s.hours) h where h->'days' @> to_jsonb(${day}::int)
      and h->>'from' <= ${time} and ${time} < h->>'to')`
}

export const insertService = (tx: Tx, row: Insertable<Tables['directory.service']>): Promise<number> =>
  tx.run(db.insertInto('directory.service').values(row))

/** Changes what is offered, on the version it was read at; 0 when that is no longer the version. */
export const changeService = (
  tx: Tx,
  organisation: string,
  id: string,
  version: number,
  change: Partial<Insertable<Tables['directory.service']>>,
): Promise<number> =>
  tx.run(
    db
      .updateTable('directory.service')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('organisation_id', '=', organisation)
      .where('version', '=', version),
  )

export const endService = (tx: Tx, organisation: string, id: string): Promise<{ id: string; version: number }> =>
  tx.one(
    db
      .updateTable('directory.service')
      .set(eb => ({ active: false, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('organisation_id', '=', organisation)
      .returning(['id', 'version']),
  )

/** One service of an organisation. @throws Problem not-found */
export const getService = (read: Read, organisation: string, id: string): Promise<Row> =>
  read.one(
    db
      .selectFrom('directory.service')
      .selectAll()
      .where('id', '=', id)
      .where('organisation_id', '=', organisation)
      .where('active', '=', true),
  )

/** How many there are of one kind, and how many of them are free, on the count that was seen; 0 when it is another one since. */
export const setPlace = (
  tx: Tx,
  service: string,
  { kind, total, free, seen }: { kind: PlaceKind; total: number; free: number; seen?: number | undefined },
  now: Date,
): Promise<number> =>
  tx.run(
    db
      .insertInto('directory.place')
      .values({ service_id: service, kind, total, free, told_at: now })
      .onConflict(conflict =>
        conflict
          .columns(['service_id', 'kind'])
          .doUpdateSet(eb => ({
            total,
            free,
            told_at: now,
            version: eb('directory.place.version', '+', 1),
          }))
          .where(
            seen === undefined
              ? sql<boolean>`directory.place.total = 0`
              : sql<boolean>`directory.place.version = ${seen}`,
          ),
      ),
  )
/** There are none of this kind any more. */
export const endPlaces = (tx: Tx, service: string, kind: PlaceKind, now: Date): Promise<number> =>
  tx.run(
    sql`update directory.place set total = 0, free = 0, told_at = ${now}, version = version + 1
        where service_id = ${service} and kind = ${kind}`,
  )
/** Counts what is free, on the count that was seen; 0 when somebody counted since. */
export const countFree = (
  tx: Tx,
  service: string,
  kind: PlaceKind,
  version: number,
  free: number,
  now: Date,
): Promise<number> =>
  tx.run(
    db
      .updateTable('directory.place')
      .set({ free, told_at: now, version: version + 1 })
      .where('service_id', '=', service)
      .where('kind', '=', kind)
      .where('version', '=', version),
  )
export const placesOfService = async (read: Read, service: string): Promise<Place[]> =>
  (await placesOf(read, [service])).get(service) ?? []
export const getPlace = async (read: Read, service: string, kind: PlaceKind): Promise<Place> =>
  placeOf(
    await read.one(
      db.selectFrom('directory.place').selectAll().where('service_id', '=', service).where('kind', '=', kind),
    ),
  )

/** One service by its id, of whichever organisation of the reader's country. */
export const findService = (read: Read, id: string): Promise<Row | undefined> =>
  read.maybe(db.selectFrom('directory.service').selectAll().where('id', '=', id))

/** What an organisation offers of one kind. */
export const offersOf = (read: Read, organisation: string, kind: string): Promise<Row[]> =>
  read.all(
    db
      .selectFrom('directory.service')
      .selectAll()
      .where('organisation_id', '=', organisation)
      .where('kind', '=', kind)
      .where('active', '=', true),
  )

/**
 * Takes one free place: of this kind, or else one for anybody.
 * @returns the kind that was taken, null where this service counts no places, `none-free`
 */
export async function takePlace(
  tx: Tx,
  service: string,
  kind: PlaceKind,
  now: Date,
): Promise<PlaceKind | null | 'none-free'> {
  const counted = await placesOfService(tx, service)
  if (counted.length === 0) return null
  for (const one of kind === 'anybody' ? [kind] : [kind, 'anybody' as const])
    if ((await moveFree(tx, service, one, -1, now)) > 0) return one
  return 'none-free'
}
/** A place that was taken is free again. */
export const givePlaceBack = (tx: Tx, service: string, kind: PlaceKind, now: Date): Promise<number> =>
  moveFree(tx, service, kind, 1, now)
const moveFree = (tx: Tx, service: string, kind: PlaceKind, by: 1 | -1, now: Date): Promise<number> =>
  tx.run(
    sql`update directory.place set free = free + ${sql.lit(by)}, told_at = ${now}, version = version + 1
        where service_id = ${service} and kind = ${kind} and free + ${sql.lit(by)} between 0 and total`,
  )
