import type { ClockCode } from '#platform/country/vocabulary.ts'
import { sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

// Each of these is a function of the database, which asks again who asks. No statement reads the table.

export interface EscalatedRow {
  readonly id: string
  readonly case_id: string
  readonly reference: string
  readonly kind: string
  readonly due_at: Date
  readonly told_at: Date
  readonly coordinator: string | null
  readonly deciders: string[]
  readonly answer: string | null
  readonly answered_name: string | null
  readonly answered_at: Date | null
}
/** What is overdue in the cases of a body, for its supervisors, the longest first. */
export const listEscalated = (
  read: Read,
  body: string,
  now: Date,
  limit: number,
  only: string | null = null,
): Promise<EscalatedRow[]> =>
  read.all(
    sql<EscalatedRow>`
      select id, case_id, reference, kind, due_at, told_at, coordinator, deciders, answer, answered_name, answered_at
      from cases.escalated(${body}::uuid, ${now}::timestamptz, ${limit}::int, ${only}::uuid)`,
  )

interface Answering {
  readonly id: string
  readonly body: string
  readonly answer: string
  readonly now: Date
  readonly event: string
}
/** Answers 0 where somebody said it already. */
export const answerEscalated = async (tx: Tx, { id, body, answer, now, event }: Answering): Promise<number> =>
  (
    await tx.one(
      sql<{ done: number }>`
        select cases.answer_escalation(${id}::uuid, ${body}::uuid, ${answer}, ${now}::timestamptz, ${event}::uuid) as done`,
    )
  ).done

/** For the job: the overdue clocks that are to be told now. */
export const listToEscalate = (
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ clock_id: string; kind: ClockCode; country: string }[]> =>
  tx.all(sql`select clock_id, kind, country from cases.to_escalate(${now}::timestamptz, ${limit}::int)`)

/** Tells of one, and when next; without `next` nobody is told. */
export const escalate = (
  tx: Tx,
  { clock, id, event, now, next }: { clock: string; id: string; event: string; now: Date; next: Date | null },
): Promise<number> =>
  tx.run(
    sql`select cases.escalate(${clock}::uuid, ${id}::uuid, ${event}::uuid, ${now}::timestamptz, ${next}::timestamptz)`,
  )
