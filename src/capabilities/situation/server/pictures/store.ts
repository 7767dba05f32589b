import type { Insertable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export const picturesOf = (read: Read, assessment: string) =>
  read.all(
    db
      .selectFrom('situation.picture as p')
      .innerJoin('auth.account as a', 'a.id', 'p.by_account')
      .select(['p.id', 'p.question', 'p.at', 'p.sealed_thumbnail', 'a.name'])
      .where('p.assessment_id', '=', assessment)
      .orderBy('p.id'),
  )
/** @throws Problem not-found */
export const getPicture = (read: Read, assessment: string, id: string) =>
  read.one(db.selectFrom('situation.picture').selectAll().where('id', '=', id).where('assessment_id', '=', assessment))
export const insertPicture = (tx: Tx, row: Insertable<Tables['situation.picture']>): Promise<number> =>
  tx.run(db.insertInto('situation.picture').values(row))

/** As the jobs' role: which of these copies are of a picture here. */
export const keptPictures = async (read: Read, ids: readonly string[]): Promise<string[]> =>
  (
    await read.all(
      db
        .selectFrom('situation.picture')
        .select('file')
        .where('file', 'in', [...ids]),
    )
  ).map(one => one.file)
