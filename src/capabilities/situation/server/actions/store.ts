import type { Insertable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { ActionState } from '../../contract.ts'

const most = 500
const found = () =>
  db
    .selectFrom('situation.action as c')
    .innerJoin('directory.organisation as w', 'w.id', 'c.owner_organisation')
    .leftJoin('directory.organisation as o', 'o.id', 'c.organisation_id')
    .leftJoin('situation.assessment as a', 'a.id', 'c.assessment_id')
    .leftJoin('auth.account as e', 'e.id', 'c.ended_by')
    .selectAll('c')
    .select(['w.name as owner_name', 'o.name as about_name', 'a.area', 'e.name as ended_name'])
    .orderBy('c.due_on')
    .orderBy('c.id')
    .limit(most)
export type ActionFound = Awaited<ReturnType<typeof actionsOf>>[number]

export const actionsOf = (read: Read, assessment: string) => read.all(found().where('c.assessment_id', '=', assessment))
export function listActions(
  read: Read,
  { state, owner }: { readonly state?: ActionState | undefined; readonly owner?: string | undefined },
) {
  let query = found()
  if (state) query = query.where('c.state', '=', state)
  if (owner) query = query.where('c.owner_organisation', '=', owner)
  return read.all(query)
}
/** @throws Problem not-found */
export const getAction = (read: Read, id: string) => read.one(found().where('c.id', '=', id))

export const insertAction = (tx: Tx, row: Insertable<Tables['situation.action']>): Promise<number> =>
  tx.run(db.insertInto('situation.action').values(row))
/** Ends one that is open, on the version it was read at; 0 when it is not. */
export const endAction = (
  tx: Tx,
  id: string,
  version: number,
  end: { readonly state: 'done' | 'dropped'; readonly by: string; readonly at: Date; readonly sealed: Buffer },
): Promise<number> =>
  tx.run(
    db
      .updateTable('situation.action')
      .set({
        state: end.state,
        ended_by: end.by,
        ended_at: end.at,
        sealed_end: end.sealed,
        version: version + 1,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'open'),
  )

/** How many wait, and how many of them are late. */
export const countActions = (read: Read, today: string): Promise<{ open: number; overdue: number }> =>
  read.one(
    sql<{ open: number; overdue: number }>`select count(*)::int as open,
      (count(*) filter (where due_on < ${today}::date))::int as overdue from situation.action where state = 'open'`,
  )
