import type { Insertable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export const insertInterest = (tx: Tx, row: Insertable<Tables['care.best_interest']>): Promise<void> =>
  tx.insert(insertOf('care.best_interest', row))
export const listInterests = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.best_interest as b')
      .leftJoin('auth.account as p', 'p.id', 'b.by_account')
      .selectAll('b')
      .select('p.name')
      .where('b.case_id', '=', caseId)
      .orderBy('b.at', 'desc')
      .orderBy('b.id', 'desc'),
  )
export const insertGuardian = (tx: Tx, row: Insertable<Tables['care.guardian']>): Promise<void> =>
  tx.insert(insertOf('care.guardian', row))
export const listGuardians = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.guardian as g')
      .leftJoin('auth.account as p', 'p.id', 'g.by_account')
      .selectAll('g')
      .select('p.name')
      .where('g.case_id', '=', caseId)
      .orderBy('g.at', 'desc'),
  )
/** Ends a guardianship on the version it was read at; 0 when it has moved on. */
export const endGuardian = (
  tx: Tx,
  caseId: string,
  id: string,
  version: number,
  ended: { at: Date; by: string; why: string },
): Promise<number> =>
  tx.run(
    db
      .updateTable('care.guardian')
      .set({ ended_at: ended.at, ended_by: ended.by, ended_why: ended.why, version: version + 1 })
      .where('id', '=', id)
      .where('case_id', '=', caseId)
      .where('version', '=', version)
      .where('ended_at', 'is', null),
  )
