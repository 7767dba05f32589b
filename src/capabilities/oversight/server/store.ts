import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { containing } from '#platform/db/search.ts'

// Writing goes through functions of the database, which look again at who asks.

/** Times of a page's edge, as every list here is read: newest first, by id. */
export interface Paged {
  readonly after: string | undefined
  readonly limit: number
}

export interface Shell {
  readonly case_id: string
  readonly reference: string
  readonly slot: number
}
/** The case of a reference for whoever may name it; undefined where there is none, or it is hidden from them. */
export const findCase = (read: Read, reference: string): Promise<Shell | undefined> =>
  read.maybe(sql<Shell>`select case_id, reference, slot from oversight.find_case(${reference.trim()})`)
/** References and key slots of cases, as far as the reader may name them. */
export async function shellsOf(read: Read, cases: readonly string[]): Promise<ReadonlyMap<string, Shell>> {
  if (cases.length === 0) return new Map()
  const rows = await read.all(
    sql<Shell>`select case_id, reference, slot from oversight.shells(${[...new Set(cases)]}::uuid[])`,
  )
  return new Map(rows.map(row => [row.case_id, row]))
}

/** The case that the reader may break the glass of; undefined when for any reason they may not. */
export const findBreakable = (read: Read, reference: string): Promise<{ case_id: string; slot: number } | undefined> =>
  read.maybe(sql<{ case_id: string; slot: number }>`select case_id, slot from oversight.breakable(${reference.trim()})`)
/** @throws (as not-found) when by now they may not */
export const breakGlass = (tx: Tx, id: string, reference: string, reason: string, sealed: Buffer) =>
  tx.one(
    sql<{ of_case: string; ends: Date }>`select of_case, ends
      from oversight.break_glass(${id}::uuid, ${reference.trim()}, ${reason}, ${sealed})`,
  )

const glasses = () =>
  db
    .selectFrom('oversight.break_glass as b')
    .leftJoin('auth.account as p', 'p.id', 'b.account_id')
    .leftJoin('auth.account as r', 'r.id', 'b.reviewed_by')
    .leftJoin('directory.organisation as o', 'o.id', 'b.organisation_id')
    .selectAll('b')
    .select(['p.name as by_name', 'r.name as reviewed_name', 'o.name as organisation'])
    .select([
      sql<boolean>`oversight.may_judge(b.account_id, b.at)`.as('judge'),
      sql<boolean>`b.review is null and b.at < now() - interval '72 hours'`.as('overdue'),
    ])
export type GlassRow = Awaited<ReturnType<typeof listMine>>[number]
export const listMine = (read: Read, account: string) =>
  read.all(glasses().where('b.account_id', '=', account).orderBy('b.at', 'desc').limit(50))
export const listGlasses = (read: Read, waiting: boolean, { after, limit }: Paged): Promise<GlassRow[]> =>
  read.all(
    glasses()
      .$if(waiting, q => q.where('b.review', 'is', null))
      .$if(after !== undefined, q => q.where('b.id', '<', after!))
      .orderBy('b.id', 'desc')
      .limit(sql.lit(limit)),
  )
export const listOfCase = (read: Read, caseId: string): Promise<GlassRow[]> =>
  read.all(glasses().where('b.case_id', '=', caseId).orderBy('b.at', 'desc').limit(100))
export const findGlass = (read: Read, id: string): Promise<GlassRow | undefined> =>
  read.maybe(glasses().where('b.id', '=', id))
/** Whether one's right is suspended, and how often one broke glass within a day and a night. */
export const standingOf = (read: Read, account: string) =>
  read.one(
    sql<{ suspended: boolean; today: number }>`select oversight.suspended(${account}::uuid) as suspended,
      (select count(*)::int from oversight.break_glass b
       where b.account_id = ${account}::uuid and b.at > now() - interval '24 hours') as today`,
  )

const touched = async (tx: Tx, call: ReturnType<typeof sql<{ touched: number }>>): Promise<number> =>
  (await tx.one(call)).touched
export const reviewGlass = (tx: Tx, id: string, version: number, outcome: string, sealed: Buffer): Promise<number> =>
  touched(
    tx,
    sql<{
      touched: number
    }>`select oversight.review_glass(${id}::uuid, ${version}::int, ${outcome}, ${sealed}) as touched`,
  )
export const markTold = (tx: Tx, id: string, version: number): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select oversight.told(${id}::uuid, ${version}::int) as touched`)

export const listAlerts = (read: Read, unseen: boolean, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.alert')
      .selectAll()
      .$if(unseen, q => q.where('seen_at', 'is', null))
      .$if(after !== undefined, q => q.where('id', '<', after!))
      .orderBy('id', 'desc')
      .limit(sql.lit(limit)),
  )
export const seeAlert = (tx: Tx, id: string, at: Date): Promise<number> =>
  tx.run(
    db
      .updateTable('oversight.alert')
      .set({ seen_at: sql<Date>`coalesce(seen_at, ${at}::timestamptz)` })
      .where('id', '=', id),
  )

export const listBars = (read: Read, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.bar as b')
      .leftJoin('auth.account as p', 'p.id', 'b.account_id')
      .leftJoin('auth.account as w', 'w.id', 'b.by_account')
      .selectAll('b')
      .select(['p.name', 'w.name as by_name'])
      .$if(after !== undefined, q => q.where('b.id', '<', after!))
      .orderBy('b.id', 'desc')
      .limit(sql.lit(limit)),
  )
/** Whether an account works in the country of the request. */
export const isHere = async (read: Read, account: string): Promise<boolean> =>
  (await read.maybe(
    db
      .selectFrom('auth.assignment')
      .select('id')
      .where('account_id', '=', account)
      .where('until', '>', sql<Date>`now()`),
  )) !== undefined
/** Whether the reader keeps the list of whom a case is closed to. */
export const keepsBars = async (read: Read, caseId: string): Promise<boolean> =>
  (await read.one(sql<{ yes: boolean }>`select oversight.keeps_bars(${caseId}::uuid) as yes`)).yes
export const bar = (tx: Tx, id: string, caseId: string, account: string, reason: string) =>
  tx.run(sql`select oversight.bar(${id}::uuid, ${caseId}::uuid, ${account}::uuid, ${reason})`)
export const endBar = (tx: Tx, id: string): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select oversight.end_bar(${id}::uuid) as touched`)

/** As the jobs' role. @returns how many sealed cases people were let into */
export const attendSealed = (tx: Tx, now: Date): Promise<number> =>
  tx.run(sql`select oversight.attend_sealed(${now}::timestamptz)`)
export const listSealings = (read: Read, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.sealing as s')
      .leftJoin('auth.account as p', 'p.id', 's.by_account')
      .leftJoin('auth.account as w', 'w.id', 's.second_by')
      .selectAll('s')
      .select(['p.name as by_name', 'w.name as second_name'])
      .$if(after !== undefined, q => q.where('s.id', '<', after!))
      .orderBy('s.id', 'desc')
      .limit(sql.lit(limit)),
  )
export const findSealing = (read: Read, id: string) =>
  read.maybe(db.selectFrom('oversight.sealing').selectAll().where('id', '=', id))
/** Whether the reader answers for a case in the role they are in. */
export const answersFor = async (read: Read, caseId: string): Promise<boolean> =>
  (await read.one(sql<{ yes: boolean }>`select oversight.answers_for(${caseId}::uuid) as yes`)).yes
export interface NewSealing {
  readonly id: string
  readonly caseId: string
  readonly action: string
  readonly named: readonly string[]
  readonly reason: string
  readonly sealed: Buffer
}
export const proposeSealing = (tx: Tx, { id, caseId, action, named, reason, sealed }: NewSealing) =>
  tx.run(
    sql`select oversight.propose_sealing(${id}::uuid, ${caseId}::uuid, ${action}, ${named}::uuid[], ${reason}, ${sealed})`,
  )
export const answerSealing = (tx: Tx, id: string, version: number, answer: string): Promise<number> =>
  touched(
    tx,
    sql<{ touched: number }>`select oversight.answer_sealing(${id}::uuid, ${version}::int, ${answer}) as touched`,
  )

export interface Asked {
  readonly case: string | undefined
  readonly account: string | undefined
  /** Events of these operations alone. */
  readonly operations: readonly string[] | undefined
  /** Refusals alone. */
  readonly tries: boolean
  readonly from: string | undefined
  readonly to: string | undefined
}
export interface EventRow {
  readonly id: string
  readonly at: Date
  readonly case_id: string | null
  readonly actor_id: string | null
  readonly operation: string
  /** Cases that it concerns beside its own; of a case's own log never told. */
  readonly also?: readonly string[]
  /** The event's body: codes and ids. */
  readonly about: {
    event: string
    role: string
    organisation: string | null
    outcome: 'done' | 'refused'
    purpose: string
    compartments: string[]
    basis: string | null
    count?: number
    reason?: string
  }
}
/** What the audit says, newest first. @throws (as not-found) unless the reader protects data */
export const listEvents = (read: Read, asked: Asked, { after, limit }: Paged): Promise<EventRow[]> =>
  read.all(
    sql<EventRow>`select * from oversight.events(${asked.case ?? null}::uuid, ${asked.account ?? null}::uuid,
      ${asked.operations ?? null}::text[], ${asked.tries}::boolean, ${asked.from ?? null}::timestamptz, ${asked.to ?? null}::timestamptz,
      ${after ?? null}::uuid, ${limit}::int)`,
  )
/** Every event of one case. @throws (as not-found) unless the reader is in charge of it */
export const listCaseEvents = (read: Read, caseId: string, { after, limit }: Paged): Promise<EventRow[]> =>
  read.all(
    sql<EventRow>`select *, ${caseId}::uuid as case_id
      from oversight.case_events(${caseId}::uuid, ${after ?? null}::uuid, ${limit}::int)`,
  )
/** Names of organisations. */
export async function organisationsOf(read: Read, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read.all(
    db
      .selectFrom('directory.organisation')
      .select(['id', 'name'])
      .where('id', 'in', [...new Set(ids)]),
  )
  return new Map(rows.map(row => [row.id, row.name]))
}

/** What everybody read since, by hour; night by the clock of that zone. */
export const listReading = (read: Read, since: Date, zone: string, night: { from: number; to: number }) =>
  read.all(
    sql<{
      account: string
      hour: Date
      cases: number
      night: number
      searches: number
      refused: number
    }>`select actor_id as account, hour, cases, night, searches, refused
       from oversight.reading(${since}::timestamptz, ${zone}, ${night.from}::int, ${night.to}::int)`,
  )
export const findPeople = (read: Read, words: string, limit: number) =>
  read.all(
    db
      .selectFrom('auth.account as p')
      .innerJoin('auth.assignment as s', 's.account_id', 'p.id')
      .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
      .select(['p.id as account', 'p.name', 'o.name as organisation'])
      .distinct()
      .where(sql<boolean>`lower(p.name) like ${containing(words)}`)
      .where('s.until', '>', sql<Date>`now()`)
      .orderBy('p.name')
      .limit(sql.lit(limit)),
  )

export const listCanaries = (read: Read, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.canary as c')
      .leftJoin('auth.account as p', 'p.id', 'c.made_by')
      .select(['c.case_id as id', 'c.at', 'p.name as by_name'])
      .$if(after !== undefined, q => q.where('c.case_id', '<', after!))
      .orderBy('c.case_id', 'desc')
      .limit(sql.lit(limit)),
  )
export const listCanaryReads = (read: Read, since: Date, cases?: readonly string[]) =>
  read.all(
    db
      .selectFrom('oversight.canary_read as r')
      .leftJoin('auth.account as p', 'p.id', 'r.account_id')
      .select(['r.event_id', 'r.case_id', 'r.account_id', 'r.at', 'p.name'])
      .where('r.at', '>=', since)
      .$if(cases !== undefined, q => q.where('r.case_id', 'in', [...cases!]))
      .orderBy('r.at', 'desc')
      .limit(500),
  )
export interface Planted {
  readonly id: string
  readonly reference: string
  readonly slot: number
  readonly sealed: Buffer
  readonly terms: readonly Buffer[]
  readonly made: Date
  readonly opened: Date
  readonly withdrew: Date
  /** The time limit that stands still since; none where the country knows none. */
  readonly clock: object | undefined
}
export const plant = (tx: Tx, { id, reference, slot, sealed, terms, made, opened, withdrew, clock }: Planted) =>
  tx.run(
    sql`select oversight.plant(${id}::uuid, ${reference}, ${slot}::bigint, ${sealed}, ${terms}::bytea[], ${made}::timestamptz,
      ${opened}::timestamptz, ${withdrew}::timestamptz, ${clock ? JSON.stringify(clock) : null}::jsonb)`,
  )
/** As the jobs' role: which of these events read an invented case. Those who protect data are told. */
export const hear = async (read: Read, events: readonly string[]): Promise<number> =>
  (await read.one(sql<{ heard: number }>`select oversight.hear(${events}::uuid[]) as heard`)).heard
