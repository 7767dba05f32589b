import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { TaskMove } from '../contract.ts'

const withNames = () =>
  db
    .selectFrom('tasks.task as t')
    .innerJoin('directory.organisation as o', 'o.id', 't.organisation_id')
    .leftJoin('auth.account as a', 'a.id', 't.account_id')
    .leftJoin('auth.account as m', 'm.id', 't.made_by')
    .leftJoin('auth.account as e', 'e.id', 't.ended_by')
    .selectAll('t')
    .select(['o.name as organisation', 'a.name', 'm.name as by_name', 'e.name as ended_name'])
export type TaskRow = Awaited<ReturnType<typeof get>>

export const get = (read: Read, id: string) => read.one(withNames().where('t.id', '=', id))
/** What of a case the reader sees: open first, then what ended last. */
export const listOfCase = (read: Read, caseId: string): Promise<TaskRow[]> =>
  read.all(
    withNames()
      .where('t.case_id', '=', caseId)
      .orderBy(sql`t.ended_at is not null`)
      .orderBy('t.ended_at', 'desc')
      .orderBy(sql`coalesce(t.due_at, t.due_on::timestamptz)`)
      .orderBy('t.id')
      .limit(200),
  )

/** Whom a task lies with: themselves, or nobody yet of their role in their organisation. */
export interface Holder {
  readonly account: string
  readonly organisation: string
  readonly role: string
}
// Each half reads one small index in its order and stops when it has enough; together they would be none's.
const lying = ({ account, organisation, role }: Holder, end: Date, limit: number) => sql`
  (select * from (select t.* from tasks.task t
     where t.account_id = ${account}::uuid and t.role = ${role} and t.state in ('open', 'taken') and t.due <= ${end}::timestamptz
     order by t.due limit ${sql.lit(limit)}) mine
   union all
   select * from (select t.* from tasks.task t
     where t.account_id is null and t.organisation_id = ${organisation}::uuid and t.role = ${role} and t.state = 'open'
       and t.due <= ${end}::timestamptz
     order by t.due limit ${sql.lit(limit)}) anybodys)`

export interface LyingRow {
  readonly id: string
  readonly code: string
  readonly case_id: string | null
  readonly reference: string | null
  readonly urgency: string
  readonly due: string | Date
  readonly version: number
  readonly state: string
}
/** What lies with somebody and is due before an instant, a day when it has ended; the earliest first. */
export const listLying = async (
  read: Read,
  holder: Holder,
  until: string,
  end: Date,
  limit: number,
): Promise<LyingRow[]> => {
  const rows = await read.all(sql<Omit<LyingRow, 'due'> & { due_on: string | null; due_at: Date | null }>`
    select d.id, d.kind as code, d.case_id, f.reference, d.urgency, d.due_on, d.due_at, d.version, d.state
    from ${lying(holder, dayEnd(until, end), limit)} d left join cases.folder f on f.id = d.case_id
    where d.due_on <= ${until}::date or d.due_at < ${end}::timestamptz
    order by d.due, d.id
    limit ${sql.lit(limit)}`)
  return rows.map(({ due_on, due_at, ...row }) => ({ ...row, due: due_at ?? due_on! }))
}
/** How many, as far as `most`. */
export const countLying = async (read: Read, holder: Holder, until: string, end: Date, most: number): Promise<number> =>
  (
    await read.one(sql<{ n: number }>`select count(*)::int as n from ${lying(holder, dayEnd(until, end), most)} d
      where d.due_on <= ${until}::date or d.due_at < ${end}::timestamptz`)
  ).n
/** Days are ordered by UTC's midnight, instants by themselves: whichever of the two ends later. */
const dayEnd = (until: string, end: Date): Date =>
  new Date(Math.max(end.getTime(), Date.parse(`${until}T00:00:00Z`) + 86_400_000))

export interface Person {
  readonly account: string
  readonly name: string
  readonly role: string
  readonly organisation: string
  readonly body: string
}
/** Who works on a case, as far as the reader learns of them. */
export const listPeople = (read: Read, caseId: string): Promise<Person[]> =>
  read.all(sql<Person>`select account, name, role, organisation, body from tasks.people(${caseId}::uuid)
    order by body, role, name limit 500`)

export interface To {
  readonly organisation: string
  readonly role: string
  readonly account?: string | undefined
}
/** Whether somebody can be given a task about a case, or about none. */
export const mayHold = async (
  read: Read,
  caseId: string | null,
  { account, organisation, role }: To,
): Promise<boolean> =>
  (
    await read.one(
      sql<{
        yes: boolean
      }>`select tasks.may_hold(${caseId}::uuid, ${account ?? null}::uuid, ${organisation}::uuid, ${role}) as yes`,
    )
  ).yes

export interface NewTask {
  readonly id: string
  readonly caseId: string | null
  readonly kind: string
  readonly urgency: string
  readonly to: To
  readonly due: { readonly on?: string | undefined; readonly at?: string | undefined }
  readonly sealed: Buffer | null
}
/** @throws (as not-found) unless who asks and who is asked have a place in the case */
export const make = (tx: Tx, { id, caseId, kind, urgency, to, due, sealed }: NewTask): Promise<number> =>
  tx.run(
    sql`select tasks.make(${id}::uuid, ${caseId}::uuid, ${kind}, ${sealed}, ${to.account ?? null}::uuid,
      ${to.organisation}::uuid, ${to.role}, ${due.on ?? null}::date, ${due.at ?? null}::timestamptz, ${urgency})`,
  )

/** Moves a task on the version it was read at; 0 when it has moved on. */
export const move = async (
  tx: Tx,
  id: string,
  version: number,
  verb: TaskMove,
  more: { readonly reason?: string; readonly to?: To; readonly since?: Date } = {},
): Promise<number> =>
  (
    await tx.one(
      sql<{ touched: number }>`select tasks.move(${id}::uuid, ${version}::int, ${verb}, ${more.reason ?? null},
        ${more.to?.account ?? null}::uuid, ${more.to?.organisation ?? null}::uuid, ${more.to?.role ?? null},
        ${more.since ?? null}::timestamptz) as touched`,
    )
  ).touched

/** Gives back what people may no longer have because their time is over; as the jobs' role. Answers how many. */
export const settleAll = async (tx: Tx): Promise<number> =>
  (await tx.one(sql<{ moved: number }>`select tasks.settle(null, null) as moved`)).moved
