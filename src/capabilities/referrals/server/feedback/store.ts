import { sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { type Feedback, type FeedbackAnswer, feedbackQuestions } from '../../feedback.ts'

// Each of these is a function of the database, which asks again who asks. No statement reads the table.

export interface FeedbackRow extends Record<(typeof feedbackQuestions)[number], FeedbackAnswer | null> {
  readonly own: boolean
  readonly told_to: string | null
  readonly said_at: Date
  readonly sealed_words: Buffer | null
}
export const feedbackOf = (read: Read, referral: string): Promise<FeedbackRow | undefined> =>
  read.maybe(
    sql<FeedbackRow>`select own, told_to, said_at, respect, explained, agreed, safe, again, sealed_words
                     from referrals.feedback_of(${referral}::uuid)`,
  )
/** Whether who asks works for the organisation that gave the help, in whatever role. */
export const worksForAsked = async (read: Read, referral: string): Promise<boolean> =>
  (await read.one(sql<{ works: boolean }>`select referrals.works_for_asked(${referral}::uuid) as works`)).works

const inOrder = (said: Feedback) => feedbackQuestions.map(one => said[one])
const touched = async (tx: Tx, statement: ReturnType<typeof sql<{ touched: number }>>): Promise<number> =>
  (await tx.maybe(statement))?.touched ?? 0

/** Answers 0 where nothing can be said of it yet, or the person wrote themselves. */
export const tell = (tx: Tx, referral: string, said: Feedback, words: Buffer | null, event: string): Promise<number> =>
  touched(
    tx,
    sql`select referrals.tell_feedback(${referral}::uuid, ${inOrder(said)}::text[], ${words}, ${event}::uuid) as touched`,
  )
/** Answers 0 where nothing was written down, or the person wrote themselves. */
export const takeBack = (tx: Tx, referral: string, event: string): Promise<number> =>
  touched(tx, sql`select referrals.take_back_feedback(${referral}::uuid, ${event}::uuid) as touched`)

export interface HelpRow {
  readonly id: string
  /** The kind of the organisation; its name stays here. */
  readonly kind: string
  readonly said: boolean
}
export const ownHelps = (read: Read): Promise<HelpRow[]> =>
  read.all(sql<HelpRow>`select id, kind, said from referrals.own_helps()`)
export const sayOwn = (tx: Tx, help: string, said: Feedback, words: Buffer | null, event: string): Promise<number> =>
  touched(
    tx,
    sql`select referrals.say_own(${help}::uuid, ${inOrder(said)}::text[], ${words}, ${event}::uuid) as touched`,
  )
export const unsayOwn = (tx: Tx, help: string, event: string): Promise<number> =>
  touched(tx, sql`select referrals.unsay_own(${help}::uuid, ${event}::uuid) as touched`)
