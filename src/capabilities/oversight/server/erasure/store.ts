import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Paged } from '../store.ts'

const erasures = () =>
  db
    .selectFrom('oversight.erasure as e')
    .leftJoin('auth.account as p', 'p.id', 'e.by_account')
    .leftJoin('auth.account as w', 'w.id', 'e.second_by')
    .selectAll('e')
    .select(['p.name as by_name', 'w.name as second_name'])
    .select([
      sql<string | null>`oversight.kept_by(e.case_id)`.as('kept_by'),
      sql<boolean>`oversight.answers_for(e.case_id)`.as('answers'),
    ])
export const listErasures = (read: Read, { after, limit }: Paged) =>
  read.all(
    erasures()
      .$if(after !== undefined, q => q.where('e.id', '<', after!))
      .orderBy('e.id', 'desc')
      .limit(sql.lit(limit)),
  )
export const findErasure = (read: Read, id: string) => read.maybe(erasures().where('e.id', '=', id))
export const proposeErasure = (tx: Tx, id: string, caseId: string, ground: string, sealed: Buffer) =>
  tx.run(sql`select oversight.propose_erasure(${id}::uuid, ${caseId}::uuid, ${ground}, ${sealed})`)

/** What the database let go of; the slot whose key, and the files that, whoever asked now destroys. */
export interface Erased {
  readonly touched: number
  readonly slot: number | null
  readonly copies: readonly string[] | null
  readonly uploads: readonly string[] | null
}
export const answerErasure = (tx: Tx, id: string, version: number, answer: string): Promise<Erased> =>
  tx.one(
    sql<Erased>`select touched, slot, copies, uploads
      from oversight.answer_erasure(${id}::uuid, ${version}::int, ${answer})`,
  )

export const listDue = (read: Read, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.due')
      .select(['case_id as id', 'kind', 'since'])
      .$if(after !== undefined, q => q.where('case_id', '<', after!))
      .orderBy('case_id', 'desc')
      .limit(sql.lit(limit)),
  )
/** As the jobs' role: finds what is due now. @param rules years by kind @returns how many are new */
export const noteDue = async (tx: Tx, country: string, rules: Readonly<Record<string, number>>, at: Date) =>
  (
    await tx.one(
      sql<{
        fresh: number
      }>`select oversight.note_due(${country}, ${JSON.stringify(rules)}::jsonb, ${at}::timestamptz) as fresh`,
    )
  ).fresh

export const listHolds = (read: Read, { after, limit }: Paged) =>
  read.all(
    db
      .selectFrom('oversight.hold as h')
      .leftJoin('auth.account as p', 'p.id', 'h.by_account')
      .selectAll('h')
      .select('p.name as by_name')
      .$if(after !== undefined, q => q.where('h.id', '<', after!))
      .orderBy('h.id', 'desc')
      .limit(sql.lit(limit)),
  )
export const placeHold = (tx: Tx, id: string, caseId: string, reason: string, until: string | null) =>
  tx.run(sql`select oversight.place_hold(${id}::uuid, ${caseId}::uuid, ${reason}, ${until}::date)`)
export const endHold = async (tx: Tx, id: string): Promise<number> =>
  (await tx.one(sql<{ touched: number }>`select oversight.end_hold(${id}::uuid) as touched`)).touched
