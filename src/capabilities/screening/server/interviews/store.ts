import type { Insertable, Selectable } from 'kysely'
import { db } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

const withCase = () =>
  db
    .selectFrom('screening.interview as i')
    .innerJoin('cases.folder as f', 'f.id', 'i.case_id')
    .leftJoin('auth.account as p', 'p.id', 'i.by_account')
    .selectAll('i')
    .select(['f.key_slot', 'p.name'])

export type InterviewRecord = Selectable<Tables['screening.interview']> & { key_slot: number; name: string | null }
export type OverrideRecord = Selectable<Tables['screening.override']> & { name: string | null }

export const insert = (tx: Tx, row: Insertable<Tables['screening.interview']>): Promise<void> =>
  tx.insert(insertOf('screening.interview', row))
export const get = (read: Read, id: string): Promise<InterviewRecord> => read.one(withCase().where('i.id', '=', id))
export const listOfCase = (read: Read, caseId: string): Promise<InterviewRecord[]> =>
  read.all(withCase().where('i.case_id', '=', caseId).orderBy('i.said_at').orderBy('i.id').limit(200))

/** Whether somebody held an interview of a case, or read a finding of one otherwise. */
export async function wrote(read: Read, caseId: string, account: string): Promise<boolean> {
  const of = (table: 'screening.interview' | 'screening.override') =>
    db.selectFrom(table).select('id').where('case_id', '=', caseId).where('by_account', '=', account)
  return (await read.maybe(of('screening.interview').unionAll(of('screening.override')).limit(1))) !== undefined
}

export const insertOverride = (tx: Tx, row: Insertable<Tables['screening.override']>): Promise<void> =>
  tx.insert(insertOf('screening.override', row))
export const overridesOfCase = (read: Read, caseId: string): Promise<OverrideRecord[]> =>
  read.all(
    db
      .selectFrom('screening.override as o')
      .leftJoin('auth.account as p', 'p.id', 'o.by_account')
      .selectAll('o')
      .select('p.name')
      .where('o.case_id', '=', caseId)
      .orderBy('o.at')
      .orderBy('o.id')
      .limit(1000),
  )

/** What a new part of a case needs to know of its folder. @throws Problem not-found */
export const getFolder = (read: Read, caseId: string): Promise<{ child: boolean; key_slot: number }> =>
  read.one(db.selectFrom('cases.folder').select(['child', 'key_slot']).where('id', '=', caseId))
