import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { ScreeningRow } from '../contract.ts'

const withCase = () =>
  db
    .selectFrom('screening.screening as s')
    .innerJoin('cases.folder as f', 'f.id', 's.case_id')
    .leftJoin('auth.account as p', 'p.id', 's.by_account')
    .selectAll('s')
    .select(['f.reference', 'f.key_slot', 'f.identification', 'p.name'])

export type ScreeningRecord = Selectable<Tables['screening.screening']> & {
  reference: string
  key_slot: number
  identification: string
  name: string | null
}

export const insert = (tx: Tx, row: Insertable<Tables['screening.screening']>): Promise<void> =>
  tx.insert(insertOf('screening.screening', row))

export const get = (read: Read, id: string): Promise<ScreeningRecord> => read.one(withCase().where('s.id', '=', id))

export const listOfCase = (read: Read, caseId: string): Promise<ScreeningRecord[]> =>
  read.all(withCase().where('s.case_id', '=', caseId).orderBy('s.id'))

export interface Filter {
  readonly by: string | undefined
  readonly after?: string | undefined
  readonly limit: number
  readonly sector?: string | undefined
  readonly referred?: 'yes' | 'no' | undefined
}
export function list(read: Read, { by, after, limit, sector, referred }: Filter): Promise<ScreeningRecord[]> {
  let query = withCase().orderBy('s.id', 'desc').limit(sql.lit(limit))
  if (by) query = query.where('s.by_account', '=', by)
  if (after) query = query.where('s.id', '<', after)
  if (sector) query = query.where('s.sector', '=', sector)
  if (referred) query = query.where('f.identification', referred === 'yes' ? '!=' : '=', 'none')
  return read.all(query)
}

/** A person's own newest screenings, with a version that changes whenever what is read of one does. */
export const listKept = (
  read: Read,
  account: string,
  limit: number,
): Promise<{ id: string; case: string; version: string }[]> =>
  read.all(
    db
      .selectFrom('screening.screening as s')
      .innerJoin('cases.folder as f', 'f.id', 's.case_id')
      .select(['s.id', 's.case_id as case'])
      .select(
        sql<string>`to_hex(hashtextextended(concat_ws(' ', s.version, f.identification,
          (select max(i.at) from screening.indicators i where i.screening_id = s.id)), 0))`.as('version'),
      )
      .where('s.by_account', '=', account)
      .orderBy('s.id', 'desc')
      .limit(sql.lit(limit)),
  )

export const toRow = (row: ScreeningRecord): ScreeningRow => ({
  id: row.id,
  case: row.case_id,
  reference: row.reference,
  sector: row.sector as ScreeningRow['sector'],
  child: row.child,
  danger: row.danger,
  talkFurther: row.talk_further,
  referred: row.identification !== 'none',
  saidAt: row.said_at.toISOString(),
})

export const insertIndicators = (tx: Tx, row: Insertable<Tables['screening.indicators']>): Promise<number> =>
  tx.run(db.insertInto('screening.indicators').values(row))
export const latestIndicators = (read: Read, screening: string) =>
  read.maybe(
    db
      .selectFrom('screening.indicators as i')
      .leftJoin('auth.account as p', 'p.id', 'i.by_account')
      .selectAll('i')
      .select('p.name')
      .where('i.screening_id', '=', screening)
      .orderBy('i.at', 'desc')
      .limit(1),
  )
export const accountName = async (read: Read, id: string): Promise<string> =>
  (await read.maybe(sql<{ name: string }>`select name from auth.account where id = ${id}`))?.name ?? ''
