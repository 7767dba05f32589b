import { db, sql } from '../../../db/builder.ts'
import type { Read, Tx } from '../../../db/context.ts'
import { containing } from '../../../db/search.ts'
import { takesTwo } from '../../../policy/bodies.ts'
import type { Role } from '../../../policy/roles.ts'
import type { AccountStatus, Refusal } from '../../contract.ts'

const now = () => sql<Date>`now()`

// Accounts of a country. Row-level security shows assignments of the actor's country only; an account is reached
// through one of them.

export interface AccountFilter {
  search: string | undefined
  role: Role | undefined
  status: AccountStatus | undefined
  organisation: string | undefined
  after: string | undefined
}

/** By name. The cursor is the id of the last one shown: a cursor must not carry a name. */
export const listAccounts = (read: Read, filter: AccountFilter, limit: number) =>
  read.all(
    db
      .selectFrom('auth.account as p')
      .select(['p.id', 'p.name', 'p.email'])
      .select(eb => eb.ref('p.status').$castTo<AccountStatus>().as('status'))
      .where(eb =>
        eb.exists(
          eb
            .selectFrom('auth.assignment as a')
            .select('a.id')
            .whereRef('a.account_id', '=', 'p.id')
            .$if(filter.role !== undefined || filter.organisation !== undefined, q => q.where('a.until', '>', now()))
            .$if(filter.role !== undefined, q => q.where('a.role', '=', filter.role!))
            .$if(filter.organisation !== undefined, q => q.where('a.organisation_id', '=', filter.organisation!)),
        ),
      )
      .$if(filter.status !== undefined, q => q.where('p.status', '=', filter.status!))
      .$if(filter.search !== undefined, q =>
        q.where(eb =>
          eb.or([
            eb(sql<string>`lower(p.name)`, 'like', containing(filter.search!)),
            eb(sql<string>`lower(p.email)`, 'like', containing(filter.search!)),
          ]),
        ),
      )
      .$if(filter.after !== undefined, q =>
        q.where(
          sql<boolean>`(lower(p.name), p.id) > (select lower(l.name), l.id from auth.account l where l.id = ${filter.after!})`,
        ),
      )
      .orderBy(sql`lower(p.name)`)
      .orderBy('p.id')
      .limit(sql.lit(limit)),
  )

/** The assignments of several accounts, oldest first. */
export const assignmentsOf = (read: Read, accounts: readonly string[]) =>
  read.all(
    db
      .selectFrom('auth.assignment as a')
      .innerJoin('directory.organisation as o', 'o.id', 'a.organisation_id')
      .leftJoin('auth.account as q', 'q.id', 'a.granted_by')
      .leftJoin('auth.account as c', 'c.id', 'a.confirmed_by')
      .select(['a.id', 'a.account_id', 'a.country', 'a.until', 'o.id as organisation', 'o.name', 'o.kind'])
      .select(['a.granted_by', 'q.name as asked_name', 'c.name as confirmed_name'])
      .select(eb => eb.ref('a.role').$castTo<Role>().as('role'))
      .select(eb => eb.ref('a.refused').$castTo<Refusal | null>().as('refused'))
      .select(sql<boolean>`a.until > now()`.as('live'))
      .select(sql<boolean>`a.confirmed_at is null and a.until > now()`.as('waiting'))
      .where('a.account_id', 'in', [...accounts])
      .orderBy('a.id'),
  )

/** @throws Problem not-found when it is nobody of the actor's country */
export const getAccount = (read: Read, id: string) =>
  read.one(
    db
      .selectFrom('auth.account as p')
      .select(['p.id', 'p.name', 'p.email', 'p.language', 'p.created_at'])
      .select(eb => eb.ref('p.status').$castTo<AccountStatus>().as('status'))
      .where('p.id', '=', id)
      .where(eb =>
        eb.exists(eb.selectFrom('auth.assignment as a').select('a.id').whereRef('a.account_id', '=', 'p.id')),
      ),
  )

export const countSessions = async (read: Read, account: string, idleMinutes: number): Promise<number> =>
  (
    await read.one(
      db
        .selectFrom('auth.session')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('ended_at', 'is', null)
        .where('ends_at', '>', now())
        .where('seen_at', '>', sql<Date>`now() - make_interval(mins => ${idleMinutes})`),
    )
  ).count

export const insertAccount = (
  tx: Tx,
  account: { id: string; name: string; email: string; language: string; created_by: string },
) => tx.run(db.insertInto('auth.account').values(account))

/** What an organisation is, if it is one of the actor's country, and active. */
export const findBody = (read: Read, id: string) =>
  read.maybe(
    db
      .selectFrom('directory.organisation')
      .select(['kind', 'competent'])
      .where('id', '=', id)
      .where('active', '=', true),
  )

export interface NewAssignment {
  id: string
  account_id: string
  organisation_id: string
  role: Role
  country: string
  until: Date | undefined
  /** null: the operator, at the command line, whose word stands at once */
  granted_by: string | null
}
/** One that takes two people waits; the database refuses to take it from the application in any other way. */
export const insertAssignment = (tx: Tx, { until, ...assignment }: NewAssignment) =>
  tx.run(
    db.insertInto('auth.assignment').values({
      ...assignment,
      ...(until ? { until } : {}),
      ...(takesTwo(assignment.role) && assignment.granted_by !== null ? { confirmed_at: null } : {}),
    }),
  )

const waitingOnes = () =>
  db
    .selectFrom('auth.assignment as a')
    .innerJoin('directory.organisation as o', 'o.id', 'a.organisation_id')
    .innerJoin('auth.account as p', 'p.id', 'a.account_id')
    .innerJoin('auth.account as q', 'q.id', 'a.granted_by')
    .select(['a.id', 'a.account_id', 'a.country', 'a.until', 'o.id as organisation', 'o.name', 'o.kind', 'o.competent'])
    .select(['a.granted_by', 'a.granted_at', 'p.name as account_name', 'q.name as asked_name'])
    .select(eb => eb.ref('a.role').$castTo<Role>().as('role'))
    .select(eb => eb.ref('p.status').$castTo<AccountStatus>().as('status'))
    .select(sql<boolean>`a.confirmed_at is null and a.until > now()`.as('waiting'))

/** What waits for a second person, oldest first; in one organisation, if one is named. */
export const listWaiting = (read: Read, organisation: string | undefined) =>
  read.all(
    waitingOnes()
      .where('a.confirmed_at', 'is', null)
      .where('a.until', '>', now())
      .where('p.status', '!=', 'disabled')
      .$if(organisation !== undefined, q => q.where('a.organisation_id', '=', organisation!))
      .orderBy('a.granted_at')
      .limit(200),
  )

/** An assignment that somebody asked for. @throws Problem not-found */
export const getAsked = (read: Read, id: string) => read.one(waitingOnes().where('a.id', '=', id))

/** The second person's word; false where the database does not take it. `refusal` null confirms. */
export const answer = async (tx: Tx, id: string, refusal: Refusal | null): Promise<boolean> =>
  (await tx.one(sql<{ done: boolean }>`select auth.answer(${id}::uuid, ${refusal}::text) as done`)).done

/** Administrators of the country who can come in. */
export const countAdministrators = async (read: Read): Promise<number> =>
  (
    await read.one(
      db
        .selectFrom('auth.assignment as a')
        .innerJoin('auth.account as p', 'p.id', 'a.account_id')
        .select(eb => eb.fn.count<number>('p.id').distinct().as('count'))
        .where('a.role', '=', 'administrator')
        .where('a.confirmed_at', 'is not', null)
        .where('a.until', '>', now())
        .where('p.status', '=', 'active'),
    )
  ).count

/** False when there is no such assignment that holds. */
export const endAssignment = async (tx: Tx, account: string, id: string, by: string): Promise<boolean> =>
  (await tx.run(
    db
      .updateTable('auth.assignment')
      .set({ until: now(), ended_by: by })
      .where('id', '=', id)
      .where('account_id', '=', account)
      .where('until', '>', now()),
  )) === 1

export const disableAccount = (tx: Tx, account: string) =>
  tx.run(
    db
      .updateTable('auth.account')
      .set({ status: 'disabled', disabled_at: now(), version: sql`version + 1` })
      .where('id', '=', account),
  )

// Invitations

/** The account behind a link that still opens it, locked until the transaction ends. */
export const findInvitation = (tx: Tx, hash: Buffer) =>
  tx.maybe(
    db
      .selectFrom('auth.invitation as i')
      .innerJoin('auth.account as p', 'p.id', 'i.account_id')
      // The first administrator's link is asked for on the command line, by no account.
      .leftJoin('auth.account as b', 'b.id', 'i.asked_by')
      .select(['i.id', 'i.account_id', 'p.name', 'p.email', 'p.language', 'b.name as asked_name'])
      .select(eb => eb.ref('i.kind').$castTo<'join' | 'recover'>().as('kind'))
      .where('i.token_hash', '=', hash)
      .where('i.used_at', 'is', null)
      .where('i.expires_at', '>', now())
      .where(sql<boolean>`(p.disabled_at is null or i.asked_at > p.disabled_at)`)
      .where(
        sql<boolean>`(i.kind = 'join' and p.status = 'invited' or i.kind = 'recover' and p.status in ('active', 'disabled'))`,
      )
      .forUpdate('i'),
  )

export const spendInvitation = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.run(
    db.updateTable('auth.invitation').set({ used_at: now() }).where('id', '=', id).where('used_at', 'is', null),
  )) === 1

export const insertJoin = (
  tx: Tx,
  join: { id: string; account_id: string; asked_by: string; token_hash: Buffer; hours: number },
) => {
  const { hours, ...invitation } = join
  return tx.run(
    db
      .insertInto('auth.invitation')
      .values({ ...invitation, kind: 'join', expires_at: sql<Date>`now() + make_interval(hours => ${hours})` }),
  )
}

/** Links that were handed out before no longer open. */
export const endJoins = (tx: Tx, account: string) =>
  tx.run(
    db
      .updateTable('auth.invitation')
      .set({ expires_at: now() })
      .where('account_id', '=', account)
      .where('kind', '=', 'join')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now()),
  )

/** The organisations in which somebody holds a role now, also one that waits. */
export const listWorkplaces = async (read: Read, account: string): Promise<string[]> =>
  (
    await read.all(
      db
        .selectFrom('auth.assignment')
        .select('organisation_id')
        .distinct()
        .where('account_id', '=', account)
        .where('until', '>', now()),
    )
  ).map(row => row.organisation_id)

/** Asks for a link; it has no token before somebody else confirms. */
export const insertRecovery = (tx: Tx, ask: { id: string; account_id: string; asked_by: string; days: number }) => {
  const { days, ...invitation } = ask
  return tx.run(
    db
      .insertInto('auth.invitation')
      .values({ ...invitation, kind: 'recover', expires_at: sql<Date>`now() + make_interval(days => ${days})` }),
  )
}

/** Confirms a request that nobody confirmed yet; false when somebody did, or it has run out. */
export const confirmRecovery = async (tx: Tx, id: string, by: string, hash: Buffer, hours: number): Promise<boolean> =>
  (await tx.run(
    db
      .updateTable('auth.invitation')
      .set({ confirmed_by: by, token_hash: hash, expires_at: sql<Date>`now() + make_interval(hours => ${hours})` })
      .where('id', '=', id)
      .where('kind', '=', 'recover')
      .where('confirmed_by', 'is', null)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now()),
  )) === 1

const recoveries = () =>
  db
    .selectFrom('auth.invitation as i')
    .innerJoin('auth.account as p', 'p.id', 'i.account_id')
    .innerJoin('auth.account as q', 'q.id', 'i.asked_by')
    .leftJoin('auth.account as r', 'r.id', 'i.confirmed_by')
    .select(['i.id', 'i.account_id', 'i.asked_by', 'i.asked_at', 'i.confirmed_by', 'i.expires_at', 'i.used_at'])
    .select(['p.name', 'q.name as asked_name', 'r.name as confirmed_name'])
    .where('i.kind', '=', 'recover')

/** Requests that wait for the second person, oldest first. */
export const listRecoveries = (read: Read) =>
  read.all(
    recoveries()
      .where('i.confirmed_by', 'is', null)
      .where('i.used_at', 'is', null)
      .where('i.expires_at', '>', now())
      .orderBy('i.asked_at')
      .limit(200),
  )

/** @throws Problem not-found */
export const getRecovery = (read: Read, id: string) => read.one(recoveries().where('i.id', '=', id))

/** What was asked for one account in the last 30 days, newest first: told to its person. */
export const recentRecoveries = (read: Read, account: string) =>
  read.all(
    recoveries()
      .where('i.account_id', '=', account)
      .where('i.asked_at', '>', sql<Date>`now() - interval '30 days'`)
      .orderBy('i.asked_at', 'desc')
      .limit(20),
  )

/** The invitations of an account that could still be used or confirmed, newest first. */
export const openInvitations = (read: Read, account: string) =>
  read.all(
    db
      .selectFrom('auth.invitation as i')
      .innerJoin('auth.account as q', 'q.id', 'i.asked_by')
      .select(['i.id', 'i.kind', 'i.asked_at', 'i.confirmed_by', 'i.expires_at', 'q.name as asked_name'])
      .where('i.account_id', '=', account)
      .where('i.used_at', 'is', null)
      .where('i.expires_at', '>', now())
      .orderBy('i.asked_at', 'desc'),
  )

/** Names of accounts. */
export async function namesOf(read: Read, accounts: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(accounts.filter(one => one !== null))]
  if (ids.length === 0) return new Map()
  const rows = await read.all(db.selectFrom('auth.account').select(['id', 'name']).where('id', 'in', ids))
  return new Map(rows.map(row => [row.id, row.name]))
}
