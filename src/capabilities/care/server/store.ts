import type { Insertable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export const insertAssessment = (tx: Tx, row: Insertable<Tables['care.assessment']>): Promise<void> =>
  tx.insert(insertOf('care.assessment', row))
export const listAssessments = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.assessment as a')
      .leftJoin('auth.account as p', 'p.id', 'a.by_account')
      .select(['a.id', 'a.at', 'a.sealed', 'p.name'])
      .where('a.case_id', '=', caseId)
      .orderBy('a.at', 'desc')
      .orderBy('a.id', 'desc'),
  )

export const findSafety = (read: Read, caseId: string) =>
  read.maybe(
    db
      .selectFrom('care.safety_plan as s')
      .leftJoin('auth.account as p', 'p.id', 's.by_account')
      .selectAll('s')
      .select('p.name')
      .where('s.case_id', '=', caseId),
  )
/** Writes the safety plan on the version that was read, 0 where there was none; answers 0 when it has moved on. */
export const putSafety = (tx: Tx, version: number, row: Insertable<Tables['care.safety_plan']>): Promise<number> => {
  if (version === 0)
    return tx.run(
      db
        .insertInto('care.safety_plan')
        .values(row)
        .onConflict(conflict => conflict.column('case_id').doNothing()),
    )
  const { case_id, ...change } = row
  return tx.run(
    db
      .updateTable('care.safety_plan')
      .set({ ...change, version: version + 1 })
      .where('case_id', '=', case_id)
      .where('version', '=', version),
  )
}
export const findCodeWord = (read: Read, caseId: string) =>
  read.maybe(db.selectFrom('care.code_word').select('sealed').where('case_id', '=', caseId))
export const putCodeWord = (tx: Tx, row: Insertable<Tables['care.code_word']>): Promise<number> =>
  tx.run(
    db
      .insertInto('care.code_word')
      .values(row)
      .onConflict(conflict =>
        conflict.column('case_id').doUpdateSet({ sealed: row.sealed, by_account: row.by_account, at: row.at! }),
      ),
  )

export interface DueRow {
  readonly kind: 'follow-up' | 'safety-review' | 'action'
  readonly id: string
  readonly code: string
  readonly due: string
  readonly version: number
  readonly case_id: string
  readonly reference: string
  readonly urgency: string
}
/**
 * What is due by a day of the cases that an account coordinates, the earliest first. The caseload leads: its cases come
 * from the folder's index by coordinator, and each of them asks small indexes of what is still open. Of a case that was
 * brought together with another, what the other has too is left to the other: the same contact on the same day, and the
 * safety plan, which goes on there.
 */
export const listDue = (read: Read, account: string, until: string, limit: number): Promise<DueRow[]> =>
  read.all(sql<DueRow>`
    select d.kind, d.id, d.code, d.due, d.version, f.id as case_id, f.reference, f.urgency
    from cases.folder f
    cross join lateral (
      select 'follow-up' as kind, u.id, u.kind as code, u.due_on as due, u.version
      from care.follow_up u
      where u.case_id = f.id and u.state = 'planned' and u.due_on <= ${until}::date
        and (u.kind = 'last-contact') = (f.status = 'closed')
        and not exists (select from policy.case_merged m join care.follow_up k on k.case_id = m.lead_case
          where m.case_id = f.id and k.kind = u.kind and k.due_on = u.due_on and k.state <> 'dropped')
      union all
      select 'safety-review', s.case_id, coalesce(s.level, 'low'), s.review_on, s.version
      from care.safety_plan s
      where s.case_id = f.id and s.review_on <= ${until}::date and f.status = 'opened'
        and not exists (select from policy.case_merged m join care.safety_plan k on k.case_id = m.lead_case
          where m.case_id = f.id)
      union all
      select 'action', a.id, a.service, a.due_on, a.version
      from care.action a
      where a.case_id = f.id and a.state = 'open' and a.due_on <= ${until}::date and f.status = 'opened'
    ) d
    where f.coordinator = ${account}::uuid and f.status <> 'new'
    order by d.due, f.id
    limit ${sql.lit(limit)}`)

/** Actions that the reader's organisation was asked for and that are due by a day. */
export const listAsked = (read: Read, until: string, limit: number) =>
  read.all(
    db
      .selectFrom('care.action as a')
      .innerJoin('cases.folder as f', 'f.id', 'a.case_id')
      .select([
        'a.id',
        'a.service as code',
        'a.due_on as due',
        'a.version',
        'f.id as case_id',
        'f.reference',
        'f.urgency',
      ])
      .where(sql<boolean>`a.id = any (array(select care.asked(${until}::date, ${limit}::int)))`)
      .where('f.status', '=', 'opened')
      .orderBy('a.due_on'),
  )
/** Closures of cases that a unit holds, proposed by somebody else than the reader. */
export const listProposed = (read: Read, holder: string, reader: string, limit: number) =>
  read.all(
    db
      .selectFrom('care.closure as c')
      .innerJoin('cases.folder as f', 'f.id', 'c.case_id')
      .select(['c.id', 'c.reason as code', 'c.version', 'f.id as case_id', 'f.reference', 'f.urgency'])
      .where('c.state', '=', 'proposed')
      .where('c.by_account', '<>', reader)
      .where('f.holder', '=', holder)
      .orderBy('c.at')
      .limit(sql.lit(limit)),
  )
