import type { Selectable } from 'kysely'
import { db, sql } from '../../db/builder.ts'
import { fixed, type Read, type Tx } from '../../db/context.ts'
import type { Tables } from '../../db/tables.ts'
import { daysUnclaimed, daysUnfinished, type UploadState } from '../contract.ts'

export type UploadRow = Selectable<Tables['files.upload']> & { state: UploadState }

const inDays = (days: number) => sql<Date>`now() + make_interval(days => ${sql.lit(days)})`

/** One at a time for each account: two phones at once cannot both be the last that is allowed. */
export const lockUploads = (tx: Tx, account: string) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`files.upload ${account}`}, 0))`)

/** What an account has under way: how many files, and how many bytes were announced. */
export const unsettledOf = (read: Read, account: string): Promise<{ count: number; bytes: number }> =>
  read.one(
    sql<{ count: number; bytes: number }>`select count(*) as count, coalesce(sum(length), 0) as bytes from files.upload
      where account_id = ${account}::uuid and state in ('receiving', 'whole')`,
  )

export const findByContent = (read: Read, account: string, sha256: Buffer): Promise<UploadRow | undefined> =>
  read.maybe(
    db.selectFrom('files.upload').selectAll().where('account_id', '=', account).where('sha256', '=', sha256),
  ) as Promise<UploadRow | undefined>

const byId = fixed((id: string, account: string) =>
  db.selectFrom('files.upload').selectAll().where('id', '=', id).where('account_id', '=', account),
)
export const findUpload = (read: Read, id: string, account: string): Promise<UploadRow | undefined> =>
  read.maybe(byId(id, account)) as Promise<UploadRow | undefined>

export interface NewUpload {
  readonly id: string
  readonly account: string
  readonly device: string | null
  readonly sha256: Buffer
  readonly length: number
}
export const insertUpload = (tx: Tx, { id, account, device, sha256, length }: NewUpload) =>
  tx.run(
    db
      .insertInto('files.upload')
      .values({ id, account_id: account, device_id: device, sha256, length, expires_at: inDays(daysUnfinished) }),
  )

/** Makes one writer the only one, for so many seconds; 0 when another is, or the file stands elsewhere by now. */
export const takeUpload = (
  tx: Tx,
  { id, received }: UploadRow,
  account: string,
  writer: string,
  seconds: number,
): Promise<number> =>
  tx.run(sql`update files.upload set writer = ${writer}::uuid, writer_until = now() + make_interval(secs => ${seconds}::int)
    where id = ${id}::uuid and account_id = ${account}::uuid and state = 'receiving' and received = ${received}::int
      and (writer is null or writer_until < now())`)

/** Where the writer's bytes now reach; 0 when it is the writer no more. */
export const moveUpload = (tx: Tx, id: string, writer: string, received: number, whole: boolean): Promise<number> =>
  tx.run(
    db
      .updateTable('files.upload')
      .set({
        received,
        state: whole ? 'whole' : 'receiving',
        writer: null,
        writer_until: null,
        expires_at: whole ? inDays(daysUnclaimed) : inDays(daysUnfinished),
      })
      .where('id', '=', id)
      .where('writer', '=', writer),
  )

export const removeUpload = (tx: Tx, id: string, account: string): Promise<number> =>
  tx.run(db.deleteFrom('files.upload').where('id', '=', id).where('account_id', '=', account))

/** What became of a whole file. Settled rows stay a while, so that whoever sent it and heard no answer is told. */
export const settleUpload = (
  tx: Tx,
  id: string,
  state: 'kept' | 'refused' | 'held',
  code: string | null,
): Promise<number> =>
  tx.run(
    db
      .updateTable('files.upload')
      // What waits for a scanner or a person never runs out by itself.
      .set({ state, code, expires_at: state === 'held' ? sql<Date>`'infinity'::timestamptz` : inDays(daysUnclaimed) })
      .where('id', '=', id)
      .where('state', 'in', ['whole', 'held']),
  )

/** As the jobs' role: what is whole and not settled, oldest first. */
export const listUnfiled = (read: Read, limit: number): Promise<{ account: string; sha256: Buffer }[]> =>
  read.all(
    db
      .selectFrom('files.upload')
      .select(['account_id as account', 'sha256'])
      .where('state', 'in', ['whole', 'held'])
      .orderBy('made_at')
      .limit(sql.lit(limit)),
  )

/** As the jobs' role: forgets what ran out. @returns the ids, for their files to follow */
export const removeExpired = async (tx: Tx): Promise<string[]> =>
  (await tx.all(sql<{ id: string }>`delete from files.upload where expires_at < now() returning id`)).map(one => one.id)

/** As the jobs' role: which of these ids still have a row. */
export const listKnown = async (read: Read, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await read.all(
        db
          .selectFrom('files.upload')
          .select('id')
          .where('id', 'in', [...ids]),
      )
    ).map(one => one.id),
  )
