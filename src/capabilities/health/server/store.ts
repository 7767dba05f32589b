import type { Insertable, Selectable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

/** Those that the fence shows, newest first. */
export const listNotes = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('health.note as n')
      .leftJoin('auth.account as p', 'p.id', 'n.by_account')
      .leftJoin('directory.organisation as o', 'o.id', 'n.organisation_id')
      .selectAll('n')
      .select(['p.name', 'o.name as organisation'])
      .where('n.case_id', '=', caseId)
      .orderBy('n.at', 'desc')
      .orderBy('n.id', 'desc'),
  )
/** A note of the actor's own organisation, and whether another stands instead of it. */
export const findOwn = (read: Read, caseId: string, organisation: string, id: string) =>
  read.maybe(
    db
      .selectFrom('health.note as n')
      .leftJoin('health.note as c', 'c.corrects', 'n.id')
      .select(['n.id', 'c.id as corrected'])
      .where('n.id', '=', id)
      .where('n.case_id', '=', caseId)
      .where('n.organisation_id', '=', organisation),
  )
export const insertNote = (tx: Tx, row: Insertable<Tables['health.note']>): Promise<void> =>
  tx.insert(insertOf('health.note', row))

type FileTable = Tables['health.file']
export type FileRow = Selectable<FileTable>

export const insertFile = (tx: Tx, row: Insertable<FileTable>): Promise<void> => tx.insert(insertOf('health.file', row))
/** Of all notes that the fence shows, as they were added. */
export const listFiles = (read: Read, caseId: string): Promise<FileRow[]> =>
  read.all(db.selectFrom('health.file').selectAll().where('case_id', '=', caseId).orderBy('id'))
/** @throws Problem not-found */
export const getFile = (read: Read, caseId: string, id: string): Promise<FileRow> =>
  read.one(db.selectFrom('health.file').selectAll().where('id', '=', id).where('case_id', '=', caseId))
