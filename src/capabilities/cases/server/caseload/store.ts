import { db } from '#platform/db/builder.ts'
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
      .limit(limit),
  )
