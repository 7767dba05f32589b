import { db, sql } from '../../db/builder.ts'
import type { Read, Tx } from '../../db/context.ts'
import type { Role } from '../../policy/roles.ts'

// One's own choice; as the application's role.

export const findChoice = (read: Read, account: string) =>
  read.maybe(db.selectFrom('notify.choice').select('every_hours').where('account_id', '=', account))
export const putChoice = (tx: Tx, account: string, hours: number): Promise<number> =>
  tx.run(
    db
      .insertInto('notify.choice')
      .values({ account_id: account, every_hours: hours })
      .onConflict(conflict => conflict.column('account_id').doUpdateSet({ every_hours: hours })),
  )
export const endChoice = (tx: Tx, account: string): Promise<number> =>
  tx.run(db.deleteFrom('notify.choice').where('account_id', '=', account))
export const getStanding = (read: Read) =>
  read.one(
    sql<{ waiting: number; failing: number; bounced: number; sent_at: Date | null }>`select * from notify.standing()`,
  )

// Everything below as the jobs' role.

export interface Addressee {
  readonly account: string
  readonly assignment: string
  readonly role: Role
  readonly organisation: string
  readonly country: string
}
/** Who wants mail and can sign in, once for each role they work in. */
export const listPeople = (tx: Tx): Promise<Addressee[]> =>
  tx.all(sql<Addressee>`select * from notify.people() order by account`)

/**
 * Keeps what waits for somebody now instead of what they were told of before.
 * @returns of these, what they had not been told of
 */
export async function tell(tx: Tx, account: string, items: readonly string[]): Promise<string[]> {
  await tx.run(sql`delete from notify.told where account_id = ${account}::uuid and not item = any (${items}::uuid[])`)
  const fresh = await tx.all(
    sql<{ item: string }>`insert into notify.told (account_id, item)
      select ${account}::uuid, one from unnest(${items}::uuid[]) as one on conflict do nothing returning item`,
  )
  return fresh.map(row => row.item)
}
/** Puts a message to somebody into the outbox; one that waits there already stands for both. */
export const enqueue = (tx: Tx, id: string, account: string, urgent: boolean, now: Date): Promise<number> =>
  tx.run(
    sql`insert into notify.outbox (id, account_id, urgent, at, next_at)
      values (${id}::uuid, ${account}::uuid, ${urgent}, ${now}, ${now})
      on conflict (account_id) where state = 'waiting' do update
      set urgent = outbox.urgent or excluded.urgent,
        next_at = case when excluded.urgent and not outbox.urgent and outbox.tries = 0 then excluded.next_at else outbox.next_at end`,
  )

export interface Message {
  readonly id: string
  readonly account: string
  readonly urgent: boolean
  readonly tries: number
  /** When the last one to this person left. */
  readonly before: Date | null
}
/** Messages whose time has come; nobody else takes them while this transaction has them. */
export const claim = (tx: Tx, now: Date, limit: number): Promise<Message[]> =>
  tx.all(
    sql<Message>`select o.id, o.account_id as account, o.urgent, o.tries,
      (select max(s.ended_at) from notify.outbox s where s.account_id = o.account_id and s.state = 'sent') as before
    from notify.outbox o where o.state = 'waiting' and o.next_at <= ${now}
    order by o.urgent desc, o.next_at limit ${sql.lit(limit)} for update skip locked`,
  )
export interface Address {
  readonly email: string
  readonly language: string
  readonly every_hours: number
  readonly country: string | null
}
export const findAddress = (tx: Tx, account: string): Promise<Address | undefined> =>
  tx.maybe(sql<Address>`select * from notify.address(${account}::uuid)`)
export const postpone = (tx: Tx, id: string, until: Date): Promise<number> =>
  tx.run(db.updateTable('notify.outbox').set({ next_at: until }).where('id', '=', id))
/** The server did not take it: again later, with what kept it. */
export const retry = (tx: Tx, id: string, tries: number, until: Date, code: string): Promise<number> =>
  tx.run(db.updateTable('notify.outbox').set({ next_at: until, tries, code }).where('id', '=', id))
export const end = (
  tx: Tx,
  id: string,
  state: 'sent' | 'bounced' | 'dropped',
  at: Date,
  code: string | null,
): Promise<number> => tx.run(db.updateTable('notify.outbox').set({ state, ended_at: at, code }).where('id', '=', id))
/** What left long ago is forgotten. */
export const forget = (tx: Tx, before: Date): Promise<number> =>
  tx.run(db.deleteFrom('notify.outbox').where('ended_at', '<', before))
