import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { containing } from '#platform/db/search.ts'
import type { ListedOrganisation, ListedService } from '../hsds/shape.ts'
import { type At, openAt } from '../services/store.ts'

/** From here on the transaction reads the public list of a country, changes nothing, and sees nothing else. */
export async function openListing(tx: Tx, country: string): Promise<void> {
  await tx.run(sql`set transaction read only`)
  await tx.run(sql`select set_config('samaan.listing', ${country}, true)`)
}

export interface Filter {
  readonly search?: string | undefined
  readonly organisation?: string | undefined
  readonly changedAfter?: Date | undefined
  readonly kind?: string | undefined
  readonly language?: string | undefined
  /** In this place, or in the whole country. */
  readonly area?: string | undefined
  readonly open?: At | undefined
  /** What the attributes that came with a service, or with its organisation, have to hold. */
  readonly holding?: readonly Readonly<Record<string, unknown>>[] | undefined
}
export interface Slice {
  readonly offset: number
  readonly limit: number
}

// The policies show what is listed and nothing else. It is asked for here again: who serves two countries' lists shows one.
const listed = () =>
  db
    .selectFrom('directory.service as s')
    .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
    .where('s.public', '=', true)
    .where('s.active', '=', true)
    .where('s.kind', '<>', 'safe-accommodation')
    .where('o.listed', '=', true)

function filtered(filter: Filter) {
  let query = listed()
  const { search, holding } = filter
  if (search)
    query = query.where(
      sql<boolean>`(lower(s.name) like ${containing(search)} or lower(s.description) like ${containing(search)} or lower(o.name) like ${containing(search)})`,
    )
  if (filter.organisation) query = query.where('o.id', '=', filter.organisation)
  if (filter.changedAfter) query = query.where('s.changed_at', '>=', filter.changedAfter)
  if (filter.language) query = query.where(sql<boolean>`${filter.language} = any (s.languages)`)
  if (filter.area) query = query.where(sql<boolean>`(s.area is null or s.area = ${filter.area})`)
  if (filter.open) query = query.where(openAt(filter.open))
  if (filter.kind) query = query.where('s.kind', '=', filter.kind)
  if (holding)
    query = query.where(eb => eb.or(holding.map(one => sql<boolean>`s.hsds @> ${JSON.stringify(one)}::jsonb`)))
  return query
}
export const organisationColumns = [
  'o.id as organisation',
  'o.kind as organisation_kind',
  'o.name as organisation_name',
  'o.phone as organisation_phone',
  'o.email as organisation_email',
  'o.hsds as organisation_hsds',
] as const
export const serviceColumns = [
  ...([
    's.id',
    's.kind',
    's.name',
    's.description',
    's.area',
    's.languages',
    's.sexes',
    's.min_age',
    's.max_age',
  ] as const),
  ...(['s.with_children', 's.nationalities', 's.residence', 's.exploitation', 's.access_needs', 's.cost'] as const),
  ...(['s.how_to_ask', 's.hours', 's.open_on_holidays', 's.changed_at', 's.hsds'] as const),
  ...organisationColumns,
] as const

const counted = sql<number>`count(*)`.as('total')

/** Services by the name of who offers them. */
export const listedServices = (read: Read, filter: Filter, { offset, limit }: Slice): Promise<ListedService[]> =>
  read.all(
    filtered(filter)
      .select(serviceColumns)
      .orderBy('o.name')
      .orderBy('s.id')
      .limit(sql.lit(limit))
      .offset(sql.lit(offset)),
  )
export const countServices = async (read: Read, filter: Filter): Promise<number> =>
  (await read.one(filtered(filter).select(counted))).total
/** One that is listed. @throws Problem not-found */
export const listedService = (read: Read, id: string): Promise<ListedService> =>
  read.one(listed().select(serviceColumns).where('s.id', '=', id))

const organisations = (search: string | undefined) => {
  const query = db.selectFrom('directory.organisation as o').where('o.listed', '=', true)
  return search ? query.where(sql<boolean>`lower(o.name) like ${containing(search)}`) : query
}
export const listedOrganisations = (
  read: Read,
  search: string | undefined,
  { offset, limit }: Slice,
): Promise<ListedOrganisation[]> =>
  read.all(
    organisations(search)
      .select(organisationColumns)
      .orderBy('o.name')
      .orderBy('o.id')
      .limit(sql.lit(limit))
      .offset(sql.lit(offset)),
  )
export const countOrganisations = async (read: Read, search: string | undefined): Promise<number> =>
  (await read.one(organisations(search).select(counted))).total
/** One that is listed. @throws Problem not-found */
export const listedOrganisation = (read: Read, id: string): Promise<ListedOrganisation> =>
  read.one(organisations(undefined).select(organisationColumns).where('o.id', '=', id))
export const servicesOfListed = (read: Read, organisation: string): Promise<ListedService[]> =>
  read.all(filtered({ organisation }).select(serviceColumns).orderBy('s.id').limit(1000))

/** Where it came with places of its own each of them, else its area as one. */
const atLocations = (filter: Filter) =>
  filtered(filter).innerJoinLateral(
    sql<{ at: number }>`(select (l.ordinality - 1)::int as at
        from jsonb_array_elements(s.hsds -> 'service_at_locations') with ordinality l
        union all select 0 where s.area is not null and not coalesce(s.hsds ? 'service_at_locations', false))`.as('l'),
    join => join.onTrue(),
  )
export type ListedAt = ListedService & { readonly at: number }
export const listedAtLocations = (read: Read, filter: Filter, { offset, limit }: Slice): Promise<ListedAt[]> =>
  read.all(
    atLocations(filter)
      .select(serviceColumns)
      .select('l.at')
      .orderBy('o.name')
      .orderBy('s.id')
      .orderBy('l.at')
      .limit(sql.lit(limit))
      .offset(sql.lit(offset)),
  )
export const countAtLocations = async (read: Read, filter: Filter): Promise<number> =>
  (await read.one(atLocations(filter).select(counted))).total
/** The service that is at a location. @throws Problem not-found */
export const serviceAtLocation = (read: Read, id: string): Promise<ListedService> =>
  read.one(
    listed()
      .select(serviceColumns)
      .where(
        sql<boolean>`(s.hsds @> ${JSON.stringify({ service_at_locations: [{ id }] })}::jsonb
          or s.id = ${id} and s.area is not null and not coalesce(s.hsds ? 'service_at_locations', false))`,
      )
      .limit(1),
  )

/** What somebody may choose among: what is listed, and no more. */
export async function choicesOf(read: Read): Promise<{ kinds: string[]; areas: string[]; languages: string[] }> {
  const rows = await read.all(
    listed()
      .leftJoinLateral(sql<{ code: string }>`(select unnest(s.languages) as code)`.as('l'), join => join.onTrue())
      .select(['s.kind', 's.area', 'l.code as language'])
      .distinct(),
  )
  const each = (of: (row: (typeof rows)[number]) => string | null) => [
    ...new Set(rows.map(of).filter((one): one is string => one !== null)),
  ]
  return { kinds: each(row => row.kind), areas: each(row => row.area), languages: each(row => row.language) }
}
