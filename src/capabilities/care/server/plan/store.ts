import type { Insertable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export const listPlans = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.plan as l')
      .leftJoin('auth.account as p', 'p.id', 'l.by_account')
      .selectAll('l')
      .select('p.name')
      .where('l.case_id', '=', caseId)
      .orderBy('l.number', 'desc'),
  )
export type PlanRow = Awaited<ReturnType<typeof listPlans>>[number]
export const insertPlan = (tx: Tx, row: Insertable<Tables['care.plan']>): Promise<void> =>
  tx.insert(insertOf('care.plan', row))
/** Changes a plan on the version it was read at; 0 when it has moved on. */
export const changePlan = (
  tx: Tx,
  id: string,
  version: number,
  change: Partial<
    Pick<
      Insertable<Tables['care.plan']>,
      'state' | 'sealed' | 'by_account' | 'at' | 'given_by' | 'agreed_how' | 'agreed_at' | 'agreed_by'
    >
  >,
): Promise<number> =>
  tx.run(
    db
      .updateTable('care.plan')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

export const listActions = (read: Read, caseId: string) =>
  read.all(db.selectFrom('care.action').selectAll().where('case_id', '=', caseId).orderBy('at').orderBy('id'))
export type ActionRow = Awaited<ReturnType<typeof listActions>>[number]
export const findAction = (read: Read, caseId: string, id: string) =>
  read.maybe(db.selectFrom('care.action').selectAll().where('case_id', '=', caseId).where('id', '=', id))
export const insertAction = (tx: Tx, row: Insertable<Tables['care.action']>): Promise<void> =>
  tx.insert(insertOf('care.action', row))
export const changeAction = (
  tx: Tx,
  id: string,
  version: number,
  change: Partial<
    Pick<
      Insertable<Tables['care.action']>,
      'plan_id' | 'service' | 'owner' | 'organisation_id' | 'due_on' | 'state' | 'sealed'
    >
  >,
): Promise<number> =>
  tx.run(
    db
      .updateTable('care.action')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

export const insertDelivery = (tx: Tx, row: Insertable<Tables['care.delivery']>): Promise<void> =>
  tx.insert(insertOf('care.delivery', row))
export const listDeliveries = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.delivery as d')
      .leftJoin('auth.account as p', 'p.id', 'd.by_account')
      .selectAll('d')
      .select('p.name')
      .where('d.case_id', '=', caseId)
      .orderBy('d.given_on', 'desc')
      .orderBy('d.id', 'desc'),
  )
export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number]

export const listFollowUps = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('care.follow_up as u')
      .leftJoin('auth.account as p', 'p.id', 'u.marked_by')
      .selectAll('u')
      .select('p.name')
      .where('u.case_id', '=', caseId)
      .orderBy('u.due_on')
      .orderBy('u.id'),
  )
export const getFollowUp = (read: Read, caseId: string, id: string) =>
  read.one(db.selectFrom('care.follow_up').selectAll().where('case_id', '=', caseId).where('id', '=', id))
export const insertFollowUp = (tx: Tx, row: Insertable<Tables['care.follow_up']>): Promise<void> =>
  tx.insert(insertOf('care.follow_up', row))
export const markFollowUp = (
  tx: Tx,
  id: string,
  version: number,
  change: Pick<Insertable<Tables['care.follow_up']>, 'state' | 'sealed_note' | 'marked_by' | 'marked_at'>,
): Promise<number> =>
  tx.run(
    db
      .updateTable('care.follow_up')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'planned'),
  )
