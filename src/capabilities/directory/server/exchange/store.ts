import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { containing } from '#platform/db/search.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { ListedOrganisation, ListedService } from '../hsds/shape.ts'
import { organisationColumns, serviceColumns } from '../open/store.ts'
import type { OrganisationRow, ServiceRow } from './rows.ts'

export type KnownOrganisation = ListedOrganisation & {
  readonly version: number
  /** Whether one of its services shelters people. */
  readonly shelters: boolean
}
export type KnownService = ListedService & {
  readonly version: number
  readonly public: boolean
  readonly active: boolean
}

export async function knownOrganisations(read: Read, ids: readonly string[]): Promise<Map<string, KnownOrganisation>> {
  const rows = await read.all(
    db
      .selectFrom('directory.organisation as o')
      .select([...organisationColumns, 'o.version'])
      .select(
        sql<boolean>`exists (select from directory.service s where s.organisation_id = o.id and s.kind = 'safe-accommodation')`.as(
          'shelters',
        ),
      )
      .where(sql<boolean>`o.id = any (${ids}::uuid[])`),
  )
  return new Map(rows.map(row => [row.organisation, row]))
}
export async function knownServices(read: Read, ids: readonly string[]): Promise<Map<string, KnownService>> {
  const rows = await read.all(
    db
      .selectFrom('directory.service as s')
      .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
      .select([...serviceColumns, 's.version', 's.public', 's.active'])
      .where(sql<boolean>`s.id = any (${ids}::uuid[])`),
  )
  return new Map(rows.map(row => [row.id, row]))
}
/** Who stands above whom in the country. */
export async function parentsOf(read: Read): Promise<Map<string, string | undefined>> {
  const rows = await read.all(
    db
      .selectFrom('directory.organisation as o')
      .select(['o.id', sql<string>`o.hsds ->> 'parent_organization_id'`.as('parent')])
      .where(sql<boolean>`o.hsds ? 'parent_organization_id'`),
  )
  return new Map(rows.map(({ id, parent }) => [id, parent]))
}
/** The services of these organisations that are in the public list. */
export const publicOf = async (read: Read, organisations: readonly string[]): Promise<string[]> =>
  (
    await read.all(
      db
        .selectFrom('directory.service')
        .select('id')
        .where(sql<boolean>`organisation_id = any (${organisations}::uuid[])`)
        .where('public', '=', true)
        .where('active', '=', true),
    )
  ).map(row => row.id)

// Many rows in one statement whose text does not depend on how many.
const rowsIn = (rows: readonly unknown[]) => JSON.stringify(rows)
/** Fails all of it where one is somebody's already, also somebody's of another country. @throws Problem version-stale */
async function allOf(rows: readonly unknown[], touched: Promise<number>): Promise<void> {
  if ((await touched) !== rows.length) throw new Problem('version-stale')
}

export const insertOrganisations = (tx: Tx, country: string, rows: readonly OrganisationRow[]): Promise<void> =>
  allOf(
    rows,
    tx.run(sql`insert into directory.organisation (id, country, kind, name, phone, email, hsds)
      select r.id, ${country}, r.kind, r.name, r.phone, r.email, r.hsds
      from jsonb_to_recordset(${rowsIn(rows)}::jsonb) as r (id uuid, kind text, name text, phone text, email text, hsds jsonb)
      on conflict (id) do nothing`),
  )
export const updateOrganisations = (
  tx: Tx,
  rows: readonly (OrganisationRow & { readonly version: number })[],
): Promise<void> =>
  allOf(
    rows,
    tx.run(sql`update directory.organisation o
      set name = r.name, phone = r.phone, email = r.email, hsds = r.hsds, version = r.version + 1
      from jsonb_to_recordset(${rowsIn(rows)}::jsonb) as r (id uuid, name text, phone text, email text, hsds jsonb, version int)
      where o.id = r.id and o.version = r.version`),
  )
/** What a record of them is read as. */
const serviceRecord = sql`(id uuid, organisation_id uuid, kind text, name text, description text, area text, languages jsonb,
  min_age int, max_age int, cost text, hours jsonb, active boolean, changed_at timestamptz, hsds jsonb, version int)`
const languages = sql`array(select jsonb_array_elements_text(r.languages))`
const hours = sql`nullif(r.hours, 'null'::jsonb)`

export const insertServices = (tx: Tx, rows: readonly ServiceRow[]): Promise<void> =>
  allOf(
    rows,
    tx.run(sql`insert into directory.service (id, organisation_id, kind, name, description, area, languages, min_age, max_age,
        cost, hours, active, changed_at, hsds)
      select r.id, r.organisation_id, r.kind, r.name, r.description, r.area, ${languages}, r.min_age, r.max_age, r.cost,
        ${hours}, r.active, r.changed_at, r.hsds
      from jsonb_to_recordset(${rowsIn(rows)}::jsonb) as r ${serviceRecord}
      on conflict (id) do nothing`),
  )
export const updateServices = (tx: Tx, rows: readonly (ServiceRow & { readonly version: number })[]): Promise<void> =>
  allOf(
    rows,
    tx.run(sql`update directory.service s
      set name = r.name, description = r.description, area = r.area, languages = ${languages}, min_age = r.min_age,
        max_age = r.max_age, cost = r.cost, hours = ${hours}, active = r.active, changed_at = r.changed_at, hsds = r.hsds,
        public = false, version = r.version + 1
      from jsonb_to_recordset(${rowsIn(rows)}::jsonb) as r ${serviceRecord}
      where s.id = r.id and s.version = r.version`),
  )
export type UnlistedRow = ListedService & { readonly version: number; readonly organisation_version: number }
const whole = () =>
  db
    .selectFrom('directory.service as s')
    .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
    .select([...serviceColumns, 's.version', 'o.version as organisation_version'])
    .where('s.active', '=', true)
/** What came in by a file and nobody made public yet. What shelters people is not among it. */
const unlisted = () =>
  whole()
    .where('s.public', '=', false)
    .where('s.kind', '<>', 'safe-accommodation')
    .where(sql<boolean>`s.hsds is not null`)
    .where('o.active', '=', true)
    .where('o.kind', '<>', 'shelter')
/** By the name of who offers them; the cursor is the last one's id. */
export function unlistedServices(
  read: Read,
  { after, search, limit }: { after?: string | undefined; search?: string | undefined; limit: number },
): Promise<UnlistedRow[]> {
  let query = unlisted().orderBy('o.name').orderBy('s.id').limit(sql.lit(limit))
  if (search) {
    const like = containing(search)
    query = query.where(sql<boolean>`(lower(s.name) like ${like} or lower(o.name) like ${like})`)
  }
  if (after)
    query = query.where(
      sql<boolean>`(o.name, s.id) > (select b.name, a.id from directory.service a join directory.organisation b on b.id = a.organisation_id where a.id = ${after})`,
    )
  return read.all(query)
}
export const unlistedAmong = (read: Read, ids: readonly string[]): Promise<UnlistedRow[]> =>
  read.all(unlisted().where(sql<boolean>`s.id = any (${ids}::uuid[])`))
/** A service of an organisation with all that came with it. @throws Problem not-found */
export const getService = (read: Read, organisation: string, id: string): Promise<UnlistedRow> =>
  read.one(whole().where('s.id', '=', id).where('o.id', '=', organisation))
/** Nobody changes who offers these services until the transaction is over. */
export const holdOrganisationsOf = (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.run(sql`select 1 from directory.organisation o
    where o.id in (select s.organisation_id from directory.service s where s.id = any (${ids}::uuid[]))
    order by o.id for no key update`)
export const publishServices = (
  tx: Tx,
  seen: readonly { readonly id: string; readonly version: number }[],
): Promise<void> =>
  allOf(
    seen,
    tx.run(sql`update directory.service s set public = true, version = s.version + 1
      from jsonb_to_recordset(${rowsIn(seen)}::jsonb) as r (id uuid, version int)
      where s.id = r.id and s.version = r.version and not s.public`),
  )
/** Takes services out of the public list, until somebody says again that they are in it. */
export const hideServices = (tx: Tx, ids: readonly string[]): Promise<number> =>
  tx.run(
    sql`update directory.service set public = false, version = version + 1 where id = any (${ids}::uuid[]) and public`,
  )
