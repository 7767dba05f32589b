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

/** Under the filing fence: what a person decided of a file that waits, if anybody did. */
export const findAnswer = async (read: Read, upload: string): Promise<string | undefined> =>
  (await read.maybe(db.selectFrom('files.held').select('answer').where('upload_id', '=', upload)))?.answer ?? undefined

export interface Hold {
  readonly upload: string
  readonly case: string | undefined
  readonly lead: string | undefined
  readonly code: string
  readonly found: string | null
  readonly kind: string
  readonly size: number
  /** What a person had decided of it when it was looked at. */
  readonly decided: string | undefined
}
/** Under the filing fence: a file waits for a scanner or a person. */
export const hold = (tx: Tx, { upload, code, found, kind, size, decided, ...of }: Hold): Promise<number> =>
  tx.run(sql`select files.hold(${upload}::uuid, ${of.case ?? null}::uuid, ${of.lead ?? null}::uuid, ${code}, ${found}, ${kind},
    ${size}::int, ${decided ?? null})`)
/** Under the filing fence: it waits no longer. */
export const endHold = (
  tx: Tx,
  upload: string,
  outcome: 'ready' | 'refused',
  decided: string | undefined,
): Promise<number> => tx.run(sql`select files.end_hold(${upload}::uuid, ${outcome}, ${decided ?? null})`)

/** Files that wait, which the fence shows to who protects data; newest first. */
export const listHeld = (read: Read, { after, limit }: { after?: string | undefined; limit: number }) =>
  read.all(
    db
      .selectFrom('files.held')
      .select(['upload_id as id', 'at', 'code', 'found', 'kind', 'size', 'answer'])
      .$if(after !== undefined, q => q.where('upload_id', '<', after!))
      .orderBy('upload_id', 'desc')
      .limit(sql.lit(limit)),
  )
/** What a person decides of one that waits. @returns whose it is and what it hashes to; undefined where there is none for them */
export const answerHeld = (
  tx: Tx,
  id: string,
  answer: string,
  reason: string | undefined,
): Promise<{ account: string; sha256: Buffer } | undefined> =>
  tx.maybe(
    sql<{
      account: string
      sha256: Buffer
    }>`select account, sha256 from files.answer_held(${id}::uuid, ${answer}, ${reason ?? null})`,
  )

/** As the jobs' role: what is whole and not settled, oldest first. What a scanner found waits for its answer. */
export const listUnfiled = (read: Read, limit: number): Promise<{ account: string; sha256: Buffer }[]> =>
  read.all(
    sql<{ account: string; sha256: Buffer }>`select u.account_id as account, u.sha256 from files.upload u
      where u.state = 'whole' or u.state = 'held' and (u.code = 'scanner-away'
        or exists (select 1 from files.held h where h.upload_id = u.id and h.answer is not null))
      order by u.made_at limit ${sql.lit(limit)}`,
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
