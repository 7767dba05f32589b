import type { Insertable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { fixed, insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import { type Sender, type Since, stillOpen } from '../store.ts'

export const insertRound = (tx: Tx, row: Insertable<Tables['referrals.round']>): Promise<void> =>
  tx.insert(insertOf('referrals.round', row))
export const insertTurn = (tx: Tx, row: Insertable<Tables['referrals.turn']>): Promise<void> =>
  tx.insert(insertOf('referrals.turn', row))

const ofCase = fixed((caseId: string) =>
  db
    .selectFrom('referrals.round as o')
    .leftJoin('auth.account as p', 'p.id', 'o.from_account')
    .selectAll('o')
    .select('p.name as by')
    .where('o.case_id', '=', caseId)
    .orderBy('o.id', 'desc'),
)
/** The rounds of a case, the newest first. */
export const listRounds = (read: Read, caseId: string) => read.all(ofCase(caseId))

const asked = fixed((caseId: string) =>
  db
    .selectFrom('referrals.referral as r')
    .innerJoin('directory.organisation as o', 'o.id', 'r.to_organisation')
    .select(['r.round_id', 'r.id', 'r.status', 'o.name'])
    .where('r.case_id', '=', caseId)
    .where('r.round_id', 'is not', null)
    .orderBy('r.sent_at')
    .orderBy('r.id'),
)
export const listAsked = (read: Read, caseId: string) => read.all(asked(caseId))

const turns = fixed((caseId: string) =>
  db
    .selectFrom('referrals.turn as t')
    .innerJoin('directory.organisation as o', 'o.id', 't.to_organisation')
    .select(['t.round_id', 'o.name'])
    .where('t.case_id', '=', caseId)
    .orderBy('t.number'),
)
export const listTurns = (read: Read, caseId: string) => read.all(turns(caseId))

/** @throws Problem not-found */
export const getRound = (read: Read, id: string) =>
  read.one(db.selectFrom('referrals.round').selectAll().where('id', '=', id))

// Each of these is a function of the database, which asks again who asks.

/** Of two who say yes at once in one round, one waits here. Before either touches its own row. */
export const holdRound = (tx: Tx, referral: string): Promise<number> =>
  tx.run(sql`select referrals.hold_round(${referral}::uuid)`)
/** After a yes: the others of the round need not answer any more. */
export const settleRound = (tx: Tx, referral: string): Promise<number> =>
  tx.run(sql`select referrals.settle_round(${referral}::uuid)`)
/** @returns 0 when it was over already */
export const stopRound = async (tx: Tx, round: string): Promise<number> =>
  (await tx.one(sql<{ touched: number }>`select referrals.stop_round(${round}::uuid) as touched`)).touched

export interface RoundDue {
  readonly round_id: string
  readonly case_id: string
  readonly country: string
  readonly urgency: string
  /** Who comes next; null: nobody is left. */
  readonly turn_id: string | null
  readonly to_organisation: string | null
  readonly consent_id: string
  readonly shared: number
  readonly hours: unknown
  readonly open_on_holidays: boolean | null
  /** When those who would hear of it are open: the service that is named, else all of that kind there. */
  readonly heard: readonly { readonly hours: unknown; readonly open_on_holidays: boolean }[]
  /** Somebody there is on call now. */
  readonly on_call: boolean
}
/** Rounds in which nothing is open; as the jobs' role. */
export const roundsDue = (tx: Tx, now: Date): Promise<RoundDue[]> =>
  tx.all(
    sql<RoundDue>`select round_id, case_id, country, urgency, turn_id, to_organisation, consent_id, shared, hours, open_on_holidays,
      heard, on_call from referrals.rounds_due(${now}::timestamptz)`,
  )
/** Asks the next; false when they may not be asked any more. As the jobs' role. */
export const passOn = async (
  tx: Tx,
  turn: string,
  now: Date,
  span: { warnAt: Date; dueAt: Date; expiresAt: Date; remindAt: readonly Date[] },
): Promise<boolean> =>
  (
    await tx.one(
      sql<{
        id: string | null
      }>`select referrals.pass_on(${turn}::uuid, ${now}::timestamptz, ${span.warnAt}::timestamptz,
        ${span.dueAt}::timestamptz, ${span.expiresAt}::timestamptz, ${[...span.remindAt]}::timestamptz[]) as id`,
    )
  ).id !== null
/** Their turn is over unasked. As the jobs' role. */
export const skipTurn = (tx: Tx, turn: string): Promise<number> =>
  tx.run(sql`select referrals.skip_turn(${turn}::uuid)`)
/** Nobody is left: what it came to, or null when it was over already. As the jobs' role. */
export const endRound = async (tx: Tx, round: string): Promise<string | null> =>
  (await tx.one(sql<{ state: string | null }>`select referrals.end_round(${round}::uuid) as state`)).state

/** Rounds in which nobody said yes, each by the last who was asked. */
export const listNobody = (read: Read, sender: Sender, { fresh, open }: Since, limit: number) =>
  read.all(
    db
      .selectFrom('referrals.round as o')
      .innerJoin('cases.folder as f', 'f.id', 'o.case_id')
      .innerJoinLateral(
        eb =>
          eb
            .selectFrom('referrals.referral as r')
            .select(['r.id', 'r.version'])
            .whereRef('r.round_id', '=', 'o.id')
            .orderBy('r.sent_at', 'desc')
            .orderBy('r.id', 'desc')
            .limit(sql.lit(1))
            .as('last'),
        join => join.onTrue(),
      )
      .select(['last.id', 'o.case_id', 'f.reference', 'o.urgency', 'last.version', 'o.ended_at as due'])
      .select(sql<string>`'nobody'`.as('code'))
      .where(sql<boolean>`o.state = 'nobody'`)
      .where('o.ended_at', '>=', open)
      .where(eb => eb.or([eb('o.ended_at', '>=', fresh), stillOpen('o', 'o.ended_at')]))
      .where(
        'account' in sender ? 'o.from_account' : 'o.from_organisation',
        '=',
        'account' in sender ? sender.account : sender.organisation,
      )
      .orderBy('o.id', 'desc')
      .limit(sql.lit(limit)),
  )
