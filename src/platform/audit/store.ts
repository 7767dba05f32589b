import type { Concern } from './event.ts'
import type { Tile } from './tree.ts'

/** What of a pg client is needed. It must be one connection, not a pool. */
export interface AuditClient {
  // biome-ignore lint/suspicious/noExplicitAny: rows are what the statement beside says
  query(text: string, values?: unknown[]): Promise<{ rows: any[] }>
}

export interface StoredCheckpoint {
  readonly size: number
  readonly root: Buffer
  readonly note: string
}

/** A numbered event with the columns that must repeat its body; `at` in UTC with microseconds. */
export interface NumberedEvent {
  readonly leaf: number
  readonly id: string
  readonly at: string
  readonly caseId: string | null
  readonly actorId: string | null
  readonly operation: string
  readonly body: string
}

/** Takes id, at, case, actor, operation and canonical body (record.ts). */
export const insertEvent =
  'insert into audit.event (id, at, case_id, actor_id, operation, body) values ($1, $2, $3, $4, $5, $6)'

/** The same for several events: each parameter is a list. */
export const insertEvents =
  'insert into audit.event (id, at, case_id, actor_id, operation, body) ' +
  'select * from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])'

/** The cases that events concern beside their own: three lists, of event, case and how. */
export const insertConcerns =
  'insert into audit.concern (event_id, case_id, how) select * from unnest($1::uuid[], $2::uuid[], $3::text[])'

/** A refusal: id, at, operation, body where no case was named, body where one was, its id, its reference. */
export const insertTry =
  'select audit.write_try($1::uuid, $2::timestamptz, $3::text, $4::text, $5::text, $6::uuid, $7::text)'

// 'audi' as a number: nothing else in the platform takes this lock.
const LOCK = 0x61756469

/** Held across transaction and file, so that checkpoints reach the file in the order of the tree. */
export async function takeLock(client: AuditClient): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [LOCK])
}

export async function releaseLock(client: AuditClient): Promise<void> {
  await client.query('select pg_advisory_unlock($1)', [LOCK])
}

/** Runs `work` in one transaction. */
export async function inTransaction<T>(client: AuditClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Runs `work` inside the transaction; what it did is undone if it fails, and the transaction goes on. */
export async function attempt(client: AuditClient, work: () => Promise<unknown>, failed: (error: unknown) => void) {
  await client.query('savepoint attempt')
  try {
    await work()
    await client.query('release savepoint attempt')
  } catch (error) {
    await client.query('rollback to savepoint attempt')
    failed(error)
  }
}

/** Committed events without a number, at most so many. */
export async function waitingEvents(
  client: AuditClient,
  limit: number,
): Promise<{ id: string; case: string | null; body: string }[]> {
  const { rows } = await client.query(
    'select id, case_id as "case", body from audit.event where leaf_no is null order by xid, id limit $1',
    [limit],
  )
  return rows
}

/** Numbers these events from `first` on, in this order. */
export async function numberEvents(client: AuditClient, ids: readonly string[], first: number): Promise<void> {
  await client.query(
    `update audit.event e set leaf_no = $2::bigint + n.place - 1
     from unnest($1::uuid[]) with ordinality as n (id, place) where e.id = n.id and e.leaf_no is null`,
    [ids, first],
  )
}

export async function countWaiting(client: AuditClient): Promise<number> {
  const { rows } = await client.query('select count(*)::int as n from audit.event where leaf_no is null')
  return rows[0].n
}

export async function readTiles(
  client: AuditClient,
  places: readonly { level: number; no: number }[],
): Promise<Tile[]> {
  const { rows } = await client.query(
    `select t.level, t.no, t.hashes from audit.tile t
     join unnest($1::int[], $2::bigint[]) as p (level, no) on t.level = p.level and t.no = p.no`,
    [places.map(place => place.level), places.map(place => place.no)],
  )
  return rows.map(row => ({ level: row.level, no: Number(row.no), hashes: row.hashes }))
}

/** Stores tiles; one that has grown takes the place of the shorter. */
export async function writeTiles(client: AuditClient, tiles: readonly Tile[]): Promise<void> {
  await client.query(
    `insert into audit.tile (level, no, hashes)
     select * from unnest($1::int[], $2::bigint[], $3::bytea[])
     on conflict (level, no) do update set hashes = excluded.hashes`,
    [tiles.map(tile => tile.level), tiles.map(tile => tile.no), tiles.map(tile => tile.hashes)],
  )
}

export async function lastCheckpoint(client: AuditClient): Promise<StoredCheckpoint | undefined> {
  const { rows } = await client.query('select size, root, note from audit.checkpoint order by size desc limit 1')
  return rows[0] && { size: Number(rows[0].size), root: rows[0].root, note: rows[0].note }
}

export async function writeCheckpoint(client: AuditClient, checkpoint: StoredCheckpoint): Promise<void> {
  await client.query('insert into audit.checkpoint (size, root, note) values ($1, $2, $3)', [
    checkpoint.size,
    checkpoint.root,
    checkpoint.note,
  ])
}

/** Where one event stands in the tree; undefined while it waits or when there is none. */
export async function findLeaf(client: AuditClient, id: string): Promise<{ leaf: number; body: string } | undefined> {
  const { rows } = await client.query('select leaf_no, body from audit.event where id = $1 and leaf_no is not null', [
    id,
  ])
  return rows[0] && { leaf: Number(rows[0].leaf_no), body: rows[0].body }
}

/** Opens one unchanging view of the whole audit, with cursors over events and checkpoints; {@link endView} ends it. */
export async function beginView(client: AuditClient): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local statement_timeout = 0')
  await client.query(
    `declare audit_events no scroll cursor for
     select leaf_no, id, body, case_id, actor_id, operation,
            to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from audit.event where leaf_no is not null order by leaf_no, id`,
  )
  await client.query(
    'declare audit_checkpoints no scroll cursor for select size, root, note from audit.checkpoint order by size',
  )
}

export async function endView(client: AuditClient): Promise<void> {
  await client.query('rollback')
}

/** The next numbered events of the view. */
export async function fetchEvents(client: AuditClient, limit: number): Promise<NumberedEvent[]> {
  const { rows } = await client.query(`fetch ${Math.trunc(limit)} from audit_events`)
  return rows.map(row => ({
    leaf: Number(row.leaf_no),
    id: row.id,
    at: row.at,
    caseId: row.case_id,
    actorId: row.actor_id,
    operation: row.operation,
    body: row.body,
  }))
}

/** The next checkpoints of the view. */
export async function fetchCheckpoints(client: AuditClient, limit: number): Promise<StoredCheckpoint[]> {
  const { rows } = await client.query(`fetch ${Math.trunc(limit)} from audit_checkpoints`)
  return rows.map(row => ({ size: Number(row.size), root: row.root, note: row.note }))
}

/** What these events concern, by event. */
export async function readConcerns(
  client: AuditClient,
  events: readonly string[],
): Promise<ReadonlyMap<string, readonly Concern[]>> {
  const { rows } = await client.query(
    'select event_id, case_id as "case", how from audit.concern where event_id = any ($1::uuid[])',
    [events],
  )
  return Map.groupBy(rows as (Concern & { event_id: string })[], row => row.event_id)
}

/** An event that something is said to concern, and that is not there; undefined when there is none. */
export async function findStray(client: AuditClient): Promise<string | undefined> {
  const { rows } = await client.query(
    `select n.event_id from audit.concern n
     where not exists (select 1 from audit.event e where e.id = n.event_id) order by 1 limit 1`,
  )
  return rows[0]?.event_id
}
