import { sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

// Each of these is a function of the database, which asks again who asks. No statement reads the table.

export interface WhereRow {
  readonly id: string
  readonly version: number
  /** Null: what was said was taken back. */
  readonly sealed: Buffer | null
  readonly at: Date
  readonly by_name: string
}
/** What stands, while the help stands. */
export const whereOf = (read: Read, referral: string): Promise<WhereRow | undefined> =>
  read.maybe(sql<WhereRow>`select id, version, sealed, at, by_name from referrals.where_of(${referral}::uuid)`)

export interface Saying {
  readonly id: string
  /** Null takes back what stands. */
  readonly sealed: Buffer | null
  readonly version: number
  readonly event: string
}
/** Answers -1 where nothing can be said or taken back, 0 where somebody else was faster. */
export const say = async (tx: Tx, referral: string, { id, sealed, version, event }: Saying): Promise<number> =>
  (
    await tx.one(
      sql<{
        done: number
      }>`select referrals.say_where(${referral}::uuid, ${id}::uuid, ${sealed}, ${version}::int, ${event}::uuid) as done`,
    )
  ).done
