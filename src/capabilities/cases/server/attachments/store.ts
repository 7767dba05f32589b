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
  compartments: readonly string[],
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
      .where('x.compartment', 'in', [...compartments])
      .$if(after !== undefined, q => q.where('x.id', '<', after!))
      .orderBy('x.id', 'desc')
      .limit(sql.lit(limit)),
  )

/** @throws Problem not-found */
export const getAttachment = (read: Read, caseId: string, id: string): Promise<AttachmentRow> =>
  read.one(db.selectFrom('cases.attachment').selectAll().where('id', '=', id).where('case_id', '=', caseId))
