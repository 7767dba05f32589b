import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { fixed, insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import { type CaseRow, type CaseStatus, exportColumns, type Identification, type Urgency } from '../contract.ts'

type Table<K extends keyof Tables> = Tables[K]
export type FolderRow = Selectable<Table<'cases.folder'>>

/** What a list shows of a folder; the rest stays behind. */
const listed = [
  'id',
  'reference',
  'status',
  'identification',
  'urgency',
  'child',
  'sector',
  'agency',
  'coordinator',
  'due_at',
  'made_at',
  'version',
] as const
export type ListedRow = Pick<FolderRow, (typeof listed)[number]>

export const toRow = (row: ListedRow): CaseRow => ({
  id: row.id,
  reference: row.reference,
  status: row.status as CaseStatus,
  identification: row.identification as Identification,
  urgency: row.urgency as Urgency,
  child: row.child,
  sector: row.sector as CaseRow['sector'],
  agency: row.agency,
  coordinator: row.coordinator,
  dueAt: row.due_at?.toISOString() ?? null,
  madeAt: row.made_at.toISOString(),
  version: row.version,
})

/** Draws slots of the key store: a sequence gives each number once, whatever becomes of the transaction. */
export const nextSlots = async (read: Read, count: number): Promise<number[]> =>
  (
    await read.all(
      sql<{ slot: number }>`select nextval('cases.key_slot') as slot from generate_series(1, ${sql.lit(count)})`,
    )
  ).map(row => row.slot)

export const insertFolder = (tx: Tx, row: Insertable<Table<'cases.folder'>>): Promise<void> =>
  tx.insert(insertOf('cases.folder', row))
export const insertIdentity = (tx: Tx, caseId: string, sealed: Buffer): Promise<void> =>
  tx.insert(insertOf('cases.identity', { case_id: caseId, sealed }))
export const insertTimeline = (tx: Tx, row: Insertable<Table<'cases.timeline'>>): Promise<void> =>
  tx.insert(insertOf('cases.timeline', row))

/** Adds the blind terms of a case, however many there are, in one statement. */
export async function addTerms(tx: Tx, caseId: string, terms: readonly Buffer[]): Promise<void> {
  if (terms.length > 0)
    await tx.insert(
      sql`insert into cases.search_term (term, case_id) select distinct t, ${caseId}::uuid from unnest(${terms}::bytea[]) as t on conflict do nothing`,
    )
}
/** Removes the blind terms that a case had. */
export const removeTerms = (tx: Tx, caseId: string, terms: readonly Buffer[]): Promise<number> =>
  tx.run(sql`delete from cases.search_term where case_id = ${caseId}::uuid and term = any (${terms}::bytea[])`)

/** Puts the terms that a person is held against others by in the place of those there were. */
export const putMatchTerms = (
  tx: Tx,
  caseId: string,
  kinds: readonly string[],
  terms: readonly Buffer[],
): Promise<number> => tx.run(sql`select cases.put_match_terms(${caseId}::uuid, ${kinds}::text[], ${terms}::bytea[])`)
/**
 * Cases with one of the terms whose identity the reader sees: of those who work by name, from what was given to them; of
 * those who work for the unit, the newest of each term.
 * @param account null for who works for the unit
 */
export const listAlike = (read: Read, terms: readonly Buffer[], account: string | null) => {
  const hits =
    account === null
      ? sql`select h.case_id from unnest(${terms}::bytea[]) as asked (term)
          cross join lateral (select t.case_id from cases.search_term t where t.term = asked.term
            order by t.case_id desc limit 40) h`
      : sql`select a.case_id from policy.case_access a
          where a.principal = ${account}::uuid and a.basis in ('own', 'assigned') and a.until > now()
            and exists (select from cases.search_term t where t.case_id = a.case_id and t.term = any (${terms}::bytea[]))`
  return read.all(sql<FolderRow & { sealed: Buffer }>`
    select f.*, i.sealed
    from (select distinct case_id from (${hits}) any_hit order by case_id desc limit 60) hit
    join cases.folder f on f.id = hit.case_id
    join cases.identity i on i.case_id = f.id`)
}

const folderBy = fixed((id: string) => db.selectFrom('cases.folder').selectAll().where('id', '=', id))
export const getFolder = (read: Read, id: string): Promise<FolderRow> => read.one(folderBy(id))

/** Changes a folder on the version it was read at; 0 when it has moved on. */
export const changeFolder = (
  tx: Tx,
  id: string,
  version: number,
  change: Partial<
    Pick<
      FolderRow,
      | 'status'
      | 'identification'
      | 'identification_before'
      | 'holder'
      | 'coordinator'
      | 'due_at'
      | 'opened_at'
      | 'urgency'
    >
  >,
): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.folder')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

/** Marks a person as a child, whatever version the folder is at: who decides at the same time has to look again. */
export const raiseChild = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.one(sql<{ found: boolean }>`select cases.find_child(${id}::uuid) as found`)).found

export interface Filter {
  readonly holder: string
  readonly after?: string | undefined
  readonly limit: number
  readonly status?: string | undefined
  readonly identification?: string | undefined
  readonly urgency?: string | undefined
  readonly coordinator?: string | undefined
}
type Held = Omit<Filter, 'after' | 'limit'>
/** The cases a unit holds: led by the holder's column, so the list index answers it. */
function held({ holder, status, identification, urgency, coordinator }: Held) {
  let query = db.selectFrom('cases.folder').where('holder', '=', holder)
  if (status) query = query.where('status', '=', status)
  if (identification) query = query.where('identification', '=', identification)
  if (urgency) query = query.where('urgency', '=', urgency)
  if (coordinator) query = query.where('coordinator', '=', coordinator)
  return query
}
/** Newest first. */
export function list(read: Read, { after, limit, ...filter }: Filter): Promise<ListedRow[]> {
  let query = held(filter).select(listed).orderBy('id', 'desc').limit(sql.lit(limit))
  if (after) query = query.where('id', '<', after)
  return read.all(query)
}
/** How many there are; none is counted beyond `most`, so that it costs the same however many a unit has. */
export async function count(read: Read, filter: Held, most: number): Promise<number> {
  const some = held(filter).select('id').limit(sql.lit(most)).as('some')
  return (await read.one(db.selectFrom(some).select(sql<number>`count(*)`.as('count')))).count
}

/** Cases with one of the terms of every group, among these: the rest of a statement after `where`. */
const carries = (caseId: ReturnType<typeof sql>, groups: readonly (readonly Buffer[])[]) =>
  sql.join(
    groups.map(
      group =>
        sql`exists (select from cases.search_term o where o.case_id = ${caseId} and o.term = any (${group}::bytea[]))`,
    ),
    sql` and `,
  )
/**
 * Cases that carry at least one term of every group, newest first. Of all that a unit holds, each term of the first group
 * drives through the index on (term, case_id) from its end and stops when it has enough, so that a common name costs no
 * more than a rare one; the other groups are looked up for its hits only. Of a coordinator's own, the cases drive.
 */
export function search(
  read: Read,
  groups: readonly (readonly Buffer[])[],
  limit: number,
  of: { readonly holder: string; readonly coordinator?: string | undefined },
): Promise<(FolderRow & { sealed: Buffer | null })[]> {
  const [first, ...others] = groups
  const most = sql.lit(limit)
  const hits = of.coordinator
    ? sql`
      select f.id as case_id
      from cases.folder f
      where f.coordinator = ${of.coordinator}::uuid and f.holder = ${of.holder}::uuid and ${carries(sql`f.id`, groups)}
      order by f.id desc
      limit ${most}`
    : sql`
      select distinct h.case_id
      from unnest(${first}::bytea[]) as asked (term)
      cross join lateral (
        select t.case_id
        from cases.search_term t
        join cases.folder f on f.id = t.case_id
        where t.term = asked.term and f.holder = ${of.holder}::uuid
          ${others.length > 0 ? sql`and ${carries(sql`t.case_id`, others)}` : sql``}
        order by t.case_id desc
        limit ${most}
      ) h
      order by h.case_id desc
      limit ${most}`
  return read.all(sql<FolderRow & { sealed: Buffer | null }>`
    with hit as (${hits})
    select f.*, i.sealed
    from (
      -- A case that was brought together with another is found as that one, by whoever has a right to it too.
      select distinct coalesce(m.lead_case, hit.case_id) as case_id
      from hit
      left join policy.case_merged m on m.case_id = hit.case_id
        and exists (select from policy.case_access a where a.case_id = m.lead_case and a.until > now())
    ) led
    join cases.folder f on f.id = led.case_id
    left join cases.identity i on i.case_id = f.id
    order by f.id desc`)
}

export const findLocation = (read: Read, caseId: string) =>
  read.maybe(db.selectFrom('cases.location').select(['sealed', 'version']).where('case_id', '=', caseId))
/** Writes where somebody is on the version that was read, 0 where there was none; answers 0 when it has moved on. */
export const putLocation = (tx: Tx, caseId: string, version: number, sealed: Buffer): Promise<number> =>
  tx.run(
    version === 0
      ? db
          .insertInto('cases.location')
          .values({ case_id: caseId, sealed })
          .onConflict(conflict => conflict.column('case_id').doNothing())
      : db
          .updateTable('cases.location')
          .set({ sealed, version: version + 1 })
          .where('case_id', '=', caseId)
          .where('version', '=', version),
  )

export const insertNote = (tx: Tx, row: Insertable<Table<'cases.note'>>): Promise<number> =>
  tx.run(db.insertInto('cases.note').values(row))
const notesOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.note as n')
    .leftJoin('auth.account as p', 'p.id', 'n.by_account')
    .select(['n.id', 'n.at', 'n.sealed', 'p.name'])
    .where('n.case_id', '=', caseId)
    .orderBy('n.at'),
)
export const listNotes = (read: Read, caseId: string) => read.all(notesOf(caseId))

const timelineOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.timeline as t')
    .leftJoin('auth.account as p', 'p.id', 't.account_id')
    .leftJoin('directory.organisation as o', 'o.id', 't.organisation_id')
    .select(['t.id', 't.at', 't.event', 't.account_id', 't.about', 'p.name', 'o.name as organisation'])
    .where('t.case_id', '=', caseId)
    .orderBy('t.at')
    .orderBy('t.id'),
)
export const listTimeline = (read: Read, caseId: string) => read.all(timelineOf(caseId))

/** Whose it was, who says so, and what was gone through before. */
export interface HandedOn {
  readonly by: string
  readonly from: string | null
  readonly handOver: readonly { readonly item: string; readonly state: string }[] | null
}
export async function assign(
  tx: Tx,
  caseId: string,
  account: string,
  { by, from, handOver }: HandedOn,
  id: string,
  at: Date,
): Promise<void> {
  await tx.run(
    db
      .updateTable('cases.assignment')
      .set({ until_at: at })
      .where('case_id', '=', caseId)
      .where('duty', '=', 'coordinator')
      .where('until_at', 'is', null),
  )
  await tx.run(
    db.insertInto('cases.assignment').values({
      ...{ id, case_id: caseId, account_id: account, duty: 'coordinator', by_account: by, from_account: from },
      hand_over: handOver && JSON.stringify(handOver),
    }),
  )
}
/** How the case came to whoever is in charge; undefined where nobody is. */
export const lastAssignment = (read: Read, caseId: string) =>
  read.maybe(
    db
      .selectFrom('cases.assignment as a')
      .leftJoin('auth.account as p', 'p.id', 'a.from_account')
      .select(['a.from_at', 'a.hand_over', 'p.name'])
      .where('a.case_id', '=', caseId)
      .where('a.until_at', 'is', null),
  )
/** Every case that an account coordinates, locked so that a change of one waits for the whole hand-over. */
export const caseloadOf = (tx: Tx, account: string): Promise<FolderRow[]> =>
  tx.all(
    db
      .selectFrom('cases.folder')
      .selectAll()
      .where('coordinator', '=', account)
      .where('status', '!=', 'closed')
      .orderBy('id')
      .forUpdate(),
  )

/** Those of these cases that are closed to a colleague. */
export const listClosedTo = async (
  read: Read,
  ids: readonly string[],
  account: string,
): Promise<ReadonlySet<string>> => {
  const rows = await read.all(
    sql<{ id: string }>`select id from policy.closed_among(${[...ids]}::uuid[], ${account}::uuid) as id`,
  )
  return new Set(rows.map(row => row.id))
}

export const nameOf = async (read: Read, account: string | null): Promise<string | null> =>
  account === null
    ? null
    : ((await read.maybe(db.selectFrom('auth.account').select('name').where('id', '=', account)))?.name ?? null)

/** The coded columns of every case a unit holds; read through a cursor. */
export const exported = (holder: string) =>
  db
    .selectFrom('cases.folder')
    .select([...exportColumns])
    .where('holder', '=', holder)
    .orderBy('id')
/** Of some that were read before: those that the fence shows at this moment. */
export const stillShown = async (read: Read, references: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await read.all(
        db
          .selectFrom('cases.folder')
          .select('reference')
          .where('reference', 'in', [...references]),
      )
    ).map(one => one.reference),
  )
export const countHeld = async (read: Read, holder: string): Promise<number> =>
  (
    await read.one(
      db
        .selectFrom('cases.folder')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('holder', '=', holder),
    )
  ).count

/** The newest cases that an account made, with a version that changes whenever what is read of one does. */
export const listOwnVersions = (
  read: Read,
  account: string,
  limit: number,
): Promise<{ id: string; case: string; version: string }[]> =>
  read.all(
    db
      .selectFrom('policy.case_access as own')
      .innerJoin('cases.folder as f', 'f.id', 'own.case_id')
      .select(['f.id', 'f.id as case'])
      .select(
        sql<string>`to_hex(hashtextextended(concat_ws(' ', f.version,
          (select i.version from cases.identity i where i.case_id = f.id),
          (select l.version from cases.location l where l.case_id = f.id),
          (select string_agg(d.id || ' ' || d.version, ',' order by d.id) from cases.decision d where d.case_id = f.id),
          (select count(*) || ' ' || max(t.at) from cases.timeline t where t.case_id = f.id),
          (select count(*) || ' ' || count(c.stopped_at) from cases.clock c where c.case_id = f.id),
          (select string_agg(a.compartments || ' ' || a.shared, ',' order by a.compartments, a.shared)
             from policy.case_access a where a.case_id = f.id and a.until > now())), 0))`.as('version'),
      )
      .where('own.principal', '=', account)
      .where('own.basis', '=', 'own')
      .orderBy('own.case_id', 'desc')
      .limit(sql.lit(limit)),
  )
