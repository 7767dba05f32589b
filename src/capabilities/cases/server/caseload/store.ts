import { db, sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'

/** Clocks that run in the open cases that an account coordinates, up to an instant, the earliest first. */
export const listCaseloadClocks = (read: Read, account: string, until: Date, limit: number) =>
  read.all(
    db
      .selectFrom('cases.folder as f')
      .innerJoin('cases.clock as c', 'c.case_id', 'f.id')
      .select(['c.id', 'c.kind', 'c.due_at', 'f.id as case_id', 'f.reference', 'f.urgency'])
      .where('f.coordinator', '=', account)
      .where('f.status', '=', 'opened')
      .where('c.stopped_at', 'is', null)
      .where('c.paused_at', 'is', null)
      .where('c.due_at', '<', until)
      .orderBy('c.due_at')
      .limit(sql.lit(limit)),
  )

/** Clocks of the reader's unit that warn by now or have run out, as far as they end before an instant. */
export const listWarned = (read: Read, now: Date, until: Date, limit: number) =>
  read.all(
    db
      .selectFrom('cases.clock as c')
      .innerJoin('cases.folder as f', 'f.id', 'c.case_id')
      .select(['c.id', 'c.kind as code', 'c.due_at as due', 'f.id as case_id', 'f.reference', 'f.urgency'])
      .where(
        sql<boolean>`c.id = any (array(select cases.warned(${now}::timestamptz, ${until}::timestamptz, ${limit}::int)))`,
      )
      .orderBy('c.due_at'),
  )

/** Decisions that wait for a second person other than the reader; of a reconsideration, who made none that stands. */
export const listProposed = (read: Read, holder: string, reader: string, limit: number) =>
  read.all(
    db
      .selectFrom('cases.decision as d')
      .innerJoin('cases.folder as f', 'f.id', 'd.case_id')
      .select(['d.id', 'd.kind as code', 'd.version', 'f.due_at as due', 'f.id as case_id', 'f.reference', 'f.urgency'])
      .where('d.state', '=', 'proposed')
      .where('f.holder', '=', holder)
      .where('d.by_account', '<>', reader)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('cases.decision as e')
              .select('e.id')
              .whereRef('e.case_id', '=', 'd.case_id')
              .where('e.state', '=', 'confirmed')
              .where('d.kind', '=', 'reconsideration')
              .where('e.by_account', '=', reader),
          ),
        ),
      )
      .orderBy('d.at')
      .limit(sql.lit(limit)),
  )
