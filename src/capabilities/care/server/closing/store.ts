import type { Insertable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export const listClosures = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.closure as c')
      .leftJoin('auth.account as p', 'p.id', 'c.by_account')
      .leftJoin('auth.account as s', 's.id', 'c.second_by')
      .leftJoin('auth.account as r', 'r.id', 'c.reopened_by')
      .selectAll('c')
      .select(['p.name as by_name', 's.name as second_name', 'r.name as reopened_name'])
      .where('c.case_id', '=', caseId)
      .orderBy('c.at', 'desc')
      .orderBy('c.id', 'desc'),
  )
export type ClosureRow = Awaited<ReturnType<typeof listClosures>>[number]
export const getClosure = (read: Read, caseId: string, id: string) =>
  read.one(db.selectFrom('care.closure').selectAll().where('case_id', '=', caseId).where('id', '=', id))
export const insertClosure = (tx: Tx, row: Insertable<Tables['care.closure']>): Promise<void> =>
  tx.insert(insertOf('care.closure', row))
/** Moves a closure on the version it was read at, out of one state; 0 when it has moved on. */
export const moveClosure = (
  tx: Tx,
  id: string,
  version: number,
  from: string,
  change: Partial<
    Pick<
      Insertable<Tables['care.closure']>,
      'state' | 'second_by' | 'second_at' | 'reopened_by' | 'reopened_at' | 'sealed_reopening'
    >
  >,
): Promise<number> =>
  tx.run(
    db
      .updateTable('care.closure')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', from),
  )
