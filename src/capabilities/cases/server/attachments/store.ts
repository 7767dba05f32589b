import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

type Table = Tables['cases.attachment']
export type AttachmentRow = Selectable<Table>

export const insertAttachment = (tx: Tx, row: Insertable<Table>): Promise<void> =>
  tx.insert(insertOf('cases.attachment', row))

/** A page of a case's attachments, newest first; `after` is the id of the last of the page before. */
export const listAttachments = (
  read: Read,
  caseId: string,
  after: string | undefined,
  limit: number,
): Promise<(AttachmentRow & { by_name: string | null })[]> =>
  read.all(
    db
      .selectFrom('cases.attachment as x')
      .leftJoin('auth.account as p', 'p.id', 'x.by_account')
      .selectAll('x')
      .select('p.name as by_name')
      .where('x.case_id', '=', caseId)
      .$if(after !== undefined, q => q.where('x.id', '<', after!))
      .orderBy('x.id', 'desc')
      .limit(sql.lit(limit)),
  )

/** @throws Problem not-found */
export const getAttachment = (read: Read, caseId: string, id: string): Promise<AttachmentRow> =>
  read.one(db.selectFrom('cases.attachment').selectAll().where('id', '=', id).where('case_id', '=', caseId))

/** Under the filing fence: what this file of its maker belongs to. */
export const findOfFile = (read: Read, account: string, sha256: Buffer): Promise<AttachmentRow | undefined> =>
  read.maybe(
    db.selectFrom('cases.attachment').selectAll().where('by_account', '=', account).where('sha256', '=', sha256),
  )

export type Filed = Partial<
  Pick<
    AttachmentRow,
    'kind' | 'size' | 'scanned' | 'original_file' | 'clean_file' | 'clean_size' | 'sealed_thumbnail' | 'proof'
  >
>
/** Under the filing fence: what became of its file. 0 when another process was quicker. */
export const fileAttachment = (
  tx: Tx,
  id: string,
  state: 'ready' | 'refused' | 'quarantined',
  code: string | null,
  filed: Filed = {},
): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.attachment')
      .set({ state, code, ...filed })
      .where('id', '=', id)
      .where('state', 'in', ['waiting-for-file', 'quarantined']),
  )

/** As the jobs' role: which of these copies belong to an attachment. */
export const keptCopies = async (read: Read, ids: readonly string[]): Promise<string[]> =>
  (
    await read.all(
      sql<{ id: string }>`select unnest(array[original_file, clean_file]) as id from cases.attachment
        where original_file = any (${ids}::uuid[]) or clean_file = any (${ids}::uuid[])`,
    )
  ).map(one => one.id)
