import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { containing } from '#platform/db/search.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { Organisation, OrganisationKind, OrganisationRow, ServiceKind } from '../contract.ts'
import { type At, servicesOf } from './services/store.ts'

type OrganisationTable = Tables['directory.organisation']

export interface Filter {
  readonly after?: string | undefined
  readonly limit: number
  readonly search?: string | undefined
  readonly kind?: string | undefined
  readonly service?: string | undefined
}

/** Organisations by name; the cursor is the last one's id. */
export async function list(read: Read, { after, limit, search, kind, service }: Filter): Promise<OrganisationRow[]> {
  let query = db
    .selectFrom('directory.organisation as o')
    .select(['o.id', 'o.kind', 'o.name', 'o.competent', 'o.active', 'o.phone'])
    .select(
      sql<
        string[]
      >`coalesce((select array_agg(s.kind order by s.kind) from directory.service s where s.organisation_id = o.id and s.active), '{}')`.as(
        'services',
      ),
    )
    .orderBy('o.name')
    .orderBy('o.id')
    .limit(sql.lit(limit))
  if (kind) query = query.where('o.kind', '=', kind)
  if (search) query = query.where(sql<string>`lower(o.name)`, 'like', containing(search))
  if (service)
    query = query.where(eb =>
      eb.exists(
        eb
          .selectFrom('directory.service as s')
          .select('s.id')
          .whereRef('s.organisation_id', '=', 'o.id')
          .where('s.kind', '=', service)
          .where('s.active', '=', true),
      ),
    )
  if (after)
    query = query.where(
      sql<boolean>`(o.name, o.id) > (select a.name, a.id from directory.organisation a where a.id = ${after})`,
    )
  const rows = await read.all(query)
  return rows.map(row => ({ ...row, kind: row.kind as OrganisationKind, services: row.services as ServiceKind[] }))
}

export async function get(read: Read, id: string, at: At): Promise<Organisation> {
  const { now } = at
  const row = await read.one(db.selectFrom('directory.organisation').selectAll().where('id', '=', id))
  const services = await servicesOf(read, id, row.kind as OrganisationKind, at)
  const members = await read.all(
    db
      .selectFrom('auth.assignment as a')
      .innerJoin('auth.account as p', 'p.id', 'a.account_id')
      .select(['p.id as account', 'p.name', 'a.role'])
      .where('a.organisation_id', '=', id)
      .where('a.until', '>', now)
      .where('a.confirmed_at', 'is not', null)
      .where('p.status', '=', 'active')
      .orderBy('p.name'),
  )
  const onCall = await read.all(
    db
      .selectFrom('directory.on_call as c')
      .innerJoin('auth.account as p', 'p.id', 'c.account_id')
      .select(['c.id', 'p.id as account', 'p.name', 'c.starts_at', 'c.ends_at'])
      .where('c.organisation_id', '=', id)
      .where('c.ends_at', '>', now)
      .where('p.status', '=', 'active')
      // As emergencies are asked: who works there no more is on call for nobody.
      .where(eb =>
        eb.exists(
          eb
            .selectFrom('auth.assignment as a')
            .select('a.id')
            .whereRef('a.account_id', '=', 'c.account_id')
            .whereRef('a.organisation_id', '=', 'c.organisation_id')
            .where('a.confirmed_at', 'is not', null)
            .where('a.until', '>', now),
        ),
      )
      .orderBy('c.starts_at'),
  )
  return {
    id: row.id,
    kind: row.kind as OrganisationKind,
    name: row.name,
    competent: row.competent,
    active: row.active,
    country: row.country,
    languages: row.languages,
    phone: row.phone,
    email: row.email,
    services,
    members,
    onCall: onCall.map(one => ({
      id: one.id,
      account: one.account,
      name: one.name,
      from: one.starts_at.toISOString(),
      to: one.ends_at.toISOString(),
    })),
    version: row.version,
  }
}

export const insert = (tx: Tx, row: Insertable<OrganisationTable>): Promise<number> =>
  tx.run(db.insertInto('directory.organisation').values(row))

/** Changes an organisation on the version it was read at; 0 when that is no longer the version. */
export const update = (
  tx: Tx,
  id: string,
  version: number,
  change: Pick<Selectable<OrganisationTable>, 'kind' | 'name' | 'languages' | 'phone' | 'email' | 'active'>,
): Promise<number> =>
  tx.run(
    db
      .updateTable('directory.organisation')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

/**
 * Makes the rosters of one organisation wait for each other, until the end of the transaction: of two duties that overlap
 * and are written at once, the second sees the first.
 */
export const lockRoster = (tx: Tx, organisation: string): Promise<number> =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`on-call ${organisation}`}, 0))`)

/** Organisations in which somebody who still works there, and can sign in, is on call at this moment. */
export const listOnCallNow = async (read: Read, now: Date): Promise<Set<string>> =>
  new Set(
    (
      await read.all(
        db
          .selectFrom('directory.on_call as c')
          .innerJoin('auth.assignment as a', join =>
            join.onRef('a.account_id', '=', 'c.account_id').onRef('a.organisation_id', '=', 'c.organisation_id'),
          )
          .innerJoin('auth.account as p', 'p.id', 'c.account_id')
          .select('c.organisation_id')
          .distinct()
          .where('c.starts_at', '<=', now)
          .where('c.ends_at', '>', now)
          .where('a.confirmed_at', 'is not', null)
          .where('a.until', '>', now)
          .where('p.status', '=', 'active'),
      )
    ).map(row => row.organisation_id),
  )

/** Whether somebody is on call already at some moment between the two. */
export const isOnCall = async (tx: Tx, organisation: string, account: string, from: Date, to: Date): Promise<boolean> =>
  (await tx.maybe(
    db
      .selectFrom('directory.on_call')
      .select('id')
      .where('organisation_id', '=', organisation)
      .where('account_id', '=', account)
      .where('starts_at', '<', to)
      .where('ends_at', '>', from)
      .limit(1),
  )) !== undefined

export const insertOnCall = (tx: Tx, row: Insertable<Tables['directory.on_call']>): Promise<number> =>
  tx.run(db.insertInto('directory.on_call').values(row))

/** Takes a duty that has not ended off the roster; of two who do it at once one finds it. */
export const takeOnCall = (tx: Tx, organisation: string, id: string, now: Date) =>
  tx.maybe(
    db
      .deleteFrom('directory.on_call')
      .where('id', '=', id)
      .where('organisation_id', '=', organisation)
      .where('ends_at', '>', now)
      .returningAll(),
  )

export interface KnownOrganisation {
  id: string
  kind: string
  name: string
  country: string
  competent: boolean
  active: boolean
  languages: string[]
  email: string | null
}
/** What other slices need to know of an organisation. */
export const find = (read: Read, id: string): Promise<KnownOrganisation | undefined> =>
  read.maybe(
    db
      .selectFrom('directory.organisation')
      .select(['id', 'kind', 'name', 'country', 'competent', 'active', 'languages', 'email'])
      .where('id', '=', id),
  )
