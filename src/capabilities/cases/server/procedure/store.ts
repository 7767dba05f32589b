import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { fixed, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

type Table<K extends keyof Tables> = Tables[K]
export type ClockRow = Selectable<Table<'cases.clock'>>
export type PauseRow = Selectable<Table<'cases.clock_pause'>>
export type DecisionRow = Selectable<Table<'cases.decision'>>

// Clocks and their pauses.

const clocksOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.clock as c')
    .leftJoin('cases.clock_pause as p', join => join.onRef('p.clock_id', '=', 'c.id').on('p.to_at', 'is', null))
    .selectAll('c')
    .select('p.reason')
    .where('c.case_id', '=', caseId)
    .orderBy('c.starts_at')
    .orderBy('c.id'),
)
/** Every clock of a case with the reason of a pause that is still open. */
export const listClocks = (read: Read, caseId: string): Promise<(ClockRow & { reason: string | null })[]> =>
  read.all(clocksOf(caseId))
/** The clocks of several cases. */
export const listClocksOf = (read: Read, caseIds: readonly string[]): Promise<ClockRow[]> =>
  caseIds.length === 0
    ? Promise.resolve([])
    : read.all(
        db
          .selectFrom('cases.clock')
          .selectAll()
          .where('case_id', 'in', [...caseIds])
          .orderBy('due_at'),
      )
/** @throws Problem not-found */
export const getClock = (read: Read, caseId: string, id: string): Promise<ClockRow> =>
  read.one(db.selectFrom('cases.clock').selectAll().where('id', '=', id).where('case_id', '=', caseId))
export const startClock = (tx: Tx, row: Insertable<Table<'cases.clock'>>): Promise<number> =>
  tx.run(db.insertInto('cases.clock').values(row))
export const changeClock = (
  tx: Tx,
  id: string,
  change: Partial<
    Pick<ClockRow, 'due_at' | 'warn_at' | 'paused_at' | 'stopped_at' | 'amount' | 'unit' | 'overdue_told'>
  >,
): Promise<number> => tx.run(db.updateTable('cases.clock').set(change).where('id', '=', id))

export const listPauses = (read: Read, clock: string): Promise<PauseRow[]> =>
  read.all(db.selectFrom('cases.clock_pause').selectAll().where('clock_id', '=', clock).orderBy('from_at'))
export const beginPause = (tx: Tx, row: Insertable<Table<'cases.clock_pause'>>): Promise<number> =>
  tx.run(db.insertInto('cases.clock_pause').values(row))
/** Ends the open pause of a clock, never before it began. */
export const endPause = (tx: Tx, clock: string, at: Date, by: string): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.clock_pause')
      .set({ to_at: sql<Date>`greatest(from_at, ${at}::timestamptz)`, ended_by: by })
      .where('clock_id', '=', clock)
      .where('to_at', 'is', null),
  )

/** When the decision that is next is due, for lists. */
export const setDue = (tx: Tx, caseId: string, at: Date | null): Promise<number> =>
  tx.run(db.updateTable('cases.folder').set({ due_at: at }).where('id', '=', caseId))

/** Marks every clock that ran out and was not told yet. */
export const markOverdue = (tx: Tx, now: Date): Promise<{ case_id: string; kind: string }[]> =>
  tx.all(
    db
      .updateTable('cases.clock')
      .set({ overdue_told: true, escalates_at: now })
      .where('due_at', '<', now)
      .where('stopped_at', 'is', null)
      .where('paused_at', 'is', null)
      .where('overdue_told', '=', false)
      .returning(['case_id', 'kind']),
  )

export interface ClockFilter {
  readonly holder: string
  /** Only theirs: who sees no others finds them by their own index. */
  readonly coordinator?: string | undefined
  readonly now: Date
  readonly limit: number
  readonly after?: string | undefined
  readonly state?: 'running' | 'warning' | 'overdue' | 'paused' | undefined
  readonly kind?: string | undefined
  readonly reference?: string | undefined
}
/** The clocks of the cases that a unit holds, the next to run out first. */
export function listOfUnit(
  read: Read,
  { holder, coordinator, now, limit, after, state, kind, reference }: ClockFilter,
) {
  let query = db
    .selectFrom('cases.clock as c')
    .innerJoin('cases.folder as f', 'f.id', 'c.case_id')
    .leftJoin('auth.account as a', 'a.id', 'f.coordinator')
    .leftJoin('cases.clock_pause as p', join => join.onRef('p.clock_id', '=', 'c.id').on('p.to_at', 'is', null))
    .select([
      'c.id',
      'c.case_id',
      'c.kind',
      'c.due_at',
      'c.warn_at',
      'c.paused_at',
      'p.reason',
      'f.reference',
      'a.name as coordinator',
    ])
    .where('f.holder', '=', holder)
    .where('c.stopped_at', 'is', null)
    .orderBy('c.due_at')
    .orderBy('c.id')
    .limit(sql.lit(limit))
  if (coordinator) query = query.where('f.coordinator', '=', coordinator)
  if (kind) query = query.where('c.kind', '=', kind)
  if (reference) query = query.where(sql<boolean>`starts_with(f.reference, ${reference})`)
  if (after)
    query = query.where(
      sql<boolean>`(c.due_at, c.id) > (select l.due_at, l.id from cases.clock l where l.id = ${after}::uuid)`,
    )
  // What was interrupted stands still until somebody comes back to it; it is shown where it is asked for.
  query = query.where('c.paused_at', state === 'paused' ? 'is not' : 'is', null)
  if (state === 'overdue') query = query.where('c.due_at', '<', now)
  if (state === 'warning') query = query.where('c.due_at', '>=', now).where('c.warn_at', '<=', now)
  if (state === 'running') query = query.where('c.warn_at', '>', now)
  return read.all(query)
}

// Decisions.

export const insertDecision = (tx: Tx, row: Insertable<Table<'cases.decision'>>): Promise<number> =>
  tx.run(db.insertInto('cases.decision').values(row))
/** @throws Problem not-found */
export const getDecision = (read: Read, caseId: string, id: string): Promise<DecisionRow> =>
  read.one(db.selectFrom('cases.decision').selectAll().where('id', '=', id).where('case_id', '=', caseId))
const decisionsOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.decision as d')
    .leftJoin('auth.account as p', 'p.id', 'd.by_account')
    .leftJoin('auth.account as s', 's.id', 'd.second_by')
    .leftJoin('directory.organisation as o', 'o.id', 'd.organisation_id')
    .selectAll('d')
    .select(['p.name as by_name', 's.name as second_name', 'o.name as body'])
    .where('d.case_id', '=', caseId)
    .orderBy('d.at'),
)
export const listDecisions = (read: Read, caseId: string) => read.all(decisionsOf(caseId))
export const secondDecision = (
  tx: Tx,
  id: string,
  version: number,
  state: 'confirmed' | 'returned',
  by: string,
  at: Date,
): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.decision')
      .set({ state, second_by: by, second_at: at, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'proposed'),
  )

/** What of a case can be cited, with who wrote it. */
export const listCitable = (
  read: Read,
  caseId: string,
): Promise<{ kind: 'screening' | 'interview' | 'attachment' | 'note'; id: string; at: Date; by: string | null }[]> =>
  read.all(sql`
    select e.kind, e.id, e.at, a.name as by
    from cases.citable(${caseId}::uuid) e left join auth.account a on a.id = e.by_account
    order by e.at, e.id`)

// What goes on beside the procedure.

const tracksOf = fixed((caseId: string) =>
  db.selectFrom('cases.track').select(['track', 'state', 'at']).where('case_id', '=', caseId),
)
export const listTracks = (read: Read, caseId: string) => read.all(tracksOf(caseId))
export const putTrack = (tx: Tx, row: Insertable<Table<'cases.track'>>): Promise<number> =>
  tx.run(
    db
      .insertInto('cases.track')
      .values(row)
      .onConflict(conflict =>
        conflict.columns(['case_id', 'track']).doUpdateSet({
          state: row.state,
          at: row.at,
          by_account: row.by_account,
          version: sql<number>`cases.track.version + 1`,
        }),
      ),
  )

// What was done beside decisions.

export const insertStep = (tx: Tx, row: Insertable<Table<'cases.step'>>): Promise<number> =>
  tx.run(db.insertInto('cases.step').values(row))
const stepsOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.step as s')
    .leftJoin('auth.account as a', 'a.id', 's.by_account')
    .selectAll('s')
    .select('a.name as by_name')
    .where('s.case_id', '=', caseId)
    .orderBy('s.at'),
)
export const listSteps = (read: Read, caseId: string) => read.all(stepsOf(caseId))
