import { sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

// Each of these is a function of the database, which asks again who asks: staff by who they are, who holds a link by the token of
// the page. No statement of theirs reads a table of this slice.

export interface NewLink {
  readonly id: string
  readonly referral: string
  readonly lookup: Buffer
  readonly code: Buffer
  /** Sealed; null: none is wanted. */
  readonly mail: Buffer | null
}
export const makeLink = (tx: Tx, { id, referral, lookup, code, mail }: NewLink): Promise<number> =>
  tx.run(sql`select referrals.make_link(${id}::uuid, ${referral}::uuid, ${lookup}, ${code}, ${mail})`)
/** Answers 0 when no link is live. */
export const endLink = async (tx: Tx, referral: string): Promise<number> =>
  (await tx.one(sql<{ touched: number }>`select referrals.end_link(${referral}::uuid) as touched`)).touched

export interface Doors {
  readonly stands: boolean
  readonly signs_in: boolean
  readonly link_id: string | null
  readonly link_at: Date
  readonly link_by: string | null
  readonly opened_at: Date | null
  readonly ended_at: Date | null
  readonly ended_by: string | null
  readonly paper_id: string | null
  readonly paper_at: Date
  readonly paper_by: string | null
  readonly sealed_to: string
  readonly abroad: boolean
  readonly answered_at: Date | null
  readonly paper_live: boolean
  readonly mail_state: 'waiting' | 'sent' | 'refused' | null
}
export const doorsOf = (read: Read, referral: string): Promise<Doors> =>
  read.one(
    sql<Doors>`select stands, signs_in, link_id, link_at, link_by, opened_at, ended_at, ended_by,
      paper_id, paper_at, paper_by, sealed_to, abroad, answered_at, paper_live, mail_state from referrals.doors_of(${referral}::uuid)`,
  )

/** A step that somebody without an account takes; what it says of itself are codes, but for the sealed answer. */
export interface Step {
  readonly event: string
  readonly version: number
  readonly next: string
  readonly at: Date
  readonly about: Readonly<Record<string, string | boolean>>
  readonly answer: Buffer | null
  readonly reason: string | null
  readonly outcome: string | null
}
/** 0: it has moved on; -1: no place is free. */
export type Touched = 1 | 0 | -1

export interface NewPaper {
  readonly id: string
  readonly referral: string
  readonly code: Buffer
  readonly sealedTo: string
  readonly abroad: boolean
}
export const makePaper = (tx: Tx, { id, referral, code, sealedTo, abroad }: NewPaper): Promise<number> =>
  tx.run(sql`select referrals.make_paper(${id}::uuid, ${referral}::uuid, ${code}, ${sealedTo}, ${abroad})`)
/** Counts a code that is wrong. */
export const tryPaper = async (tx: Tx, referral: string, code: Buffer): Promise<boolean> =>
  (await tx.one(sql<{ right: boolean }>`select referrals.try_paper(${referral}::uuid, ${code}) as right`)).right
export const stepOnPaper = async (tx: Tx, referral: string, code: Buffer, step: Step): Promise<Touched> =>
  (
    await tx.one(
      sql<{
        touched: Touched
      }>`select referrals.step_on_paper(${referral}::uuid, ${code}, ${step.version}, ${step.next}, ${step.at},
        ${step.event}::uuid, ${JSON.stringify(step.about)}::jsonb, ${step.answer}, ${step.reason}, ${step.outcome}) as touched`,
    )
  ).touched

// The side of who holds a link.

/** What a try came to: undefined for whatever opened nothing; `opened` false where it was the one wrong code too many. */
export interface Opened {
  readonly opened: boolean
  readonly case: string
  readonly organisation: string
}
export const open = (
  tx: Tx,
  lookup: Buffer,
  code: Buffer,
  { visit, token, event }: { visit: string; token: Buffer; event: string },
): Promise<Opened | undefined> =>
  tx.maybe(
    sql<Opened>`select opened, of_case as case, organisation
      from referrals.open_link(${lookup}, ${code}, ${visit}::uuid, ${token}, ${event}::uuid)`,
  )
export const takeStep = async (tx: Tx, token: Buffer, step: number): Promise<number | undefined> =>
  (await tx.maybe(sql<{ next: number }>`select * from referrals.take_link_step(${token}, ${step}::int) as next`))?.next
/** From now on the transaction is of the referral of this page. */
export const enterAs = (tx: Tx, token: Buffer): Promise<number> =>
  tx.run(sql`select set_config('samaan.link', ${token.toString('hex')}, true)`)
export const endVisit = (tx: Tx): Promise<number> => tx.run(sql`select referrals.end_link_visit()`)

export interface Standing {
  readonly id: string
  readonly case_id: string
  readonly country: string
  readonly slot: number
  readonly reference: string
  readonly service: string
  readonly urgency: string
  readonly status: string
  readonly place: string | null
  readonly place_taken: string | null
  readonly from_name: string
  readonly person: string | null
  readonly organisation: string
  readonly name: string
  readonly opens: number
  readonly sealed_message: Buffer | null
  readonly sealed_answer: Buffer | null
  readonly sealed_identity: Buffer | null
  readonly sent_at: Date
  readonly due_at: Date
  readonly version: number
}
export const standing = (read: Read): Promise<Standing | undefined> =>
  read.maybe(
    sql<Standing>`select id, case_id, country, slot, reference, service, urgency, status, place, place_taken, from_name, person,
      organisation, name, opens, sealed_message, sealed_answer, sealed_identity, sent_at, due_at, version from referrals.by_link()`,
  )
export const stepByLink = async (tx: Tx, step: Step): Promise<Touched> =>
  (
    await tx.one(
      sql<{
        touched: Touched
      }>`select referrals.step_by_link(${step.version}, ${step.next}, ${step.at}, ${step.event}::uuid,
        ${JSON.stringify(step.about)}::jsonb, ${step.answer}, ${step.reason}, ${step.outcome}) as touched`,
    )
  ).touched

export const countFailure = (tx: Tx, buckets: readonly Buffer[]): Promise<number> =>
  tx.run(sql`select referrals.count_link_failure(${[...buckets]}::bytea[])`)
export const failuresOf = async (read: Read, buckets: readonly Buffer[]): Promise<number[]> =>
  (await read.all(sql<{ n: number }>`select * from referrals.link_failures(${[...buckets]}::bytea[]) as n`)).map(
    one => one.n,
  )

// The side of the job that sends mail.

export interface MailDue {
  readonly id: string
  readonly country: string
  readonly urgency: string
  readonly sealed_mail: Buffer
  readonly tries: number
  readonly reminded: number
}
/** Forgets what is answered or over, and claims what may leave. */
export const mailDue = (tx: Tx, now: Date): Promise<MailDue[]> =>
  tx.all(
    sql<MailDue>`select id, country, urgency, sealed_mail, tries, reminded
      from referrals.link_mail_due(${now}::timestamptz)`,
  )
/** `rest`: what is kept of it, sealed; `told`: how many reminders this mail stands for. */
export interface Mailed {
  readonly became: 'sent' | 'refused' | 'waiting'
  readonly rest: Buffer | null
  readonly tries: number
  readonly told: number
  readonly next: Date | null
}
export const mailed = (tx: Tx, id: string, { became, rest, tries, told, next }: Mailed): Promise<number> =>
  tx.run(
    sql`select referrals.link_mailed(${id}::uuid, ${became}, ${rest}, ${tries}::int, ${told}::int, ${next}::timestamptz)`,
  )
