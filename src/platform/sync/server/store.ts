import type { Selectable } from 'kysely'
import { db, sql } from '../../db/builder.ts'
import { insertOf, type Read, type Tx } from '../../db/context.ts'
import type { Tables } from '../../db/tables.ts'
import type { Role } from '../../policy/roles.ts'
import type { ParcelState } from '../contract.ts'

export type DeviceRow = Selectable<Tables['sync.device']>
/** A device with what its maker may act as at this moment; null when the account or the role is over. */
export type Known = DeviceRow & { role: Role | null; name: string | null }

const known = () =>
  db
    .selectFrom('sync.device as d')
    .leftJoin('auth.account as p', 'p.id', 'd.account_id')
    .selectAll('d')
    .select('p.name')
    .select(
      sql<Role | null>`(select a.role from auth.assignment a join directory.organisation o on o.id = a.organisation_id and o.active
        where a.id = d.assignment_id and a.account_id = d.account_id and a.confirmed_at is not null and a.until > now() and p.status = 'active')`.as(
        'role',
      ),
    )

export const findDevice = (read: Read, id: string): Promise<Known | undefined> =>
  read.maybe(known().where('d.id', '=', id))

/** One at a time for each person: two phones at once cannot both be the last that is allowed. */
export const lockDevices = (tx: Tx, account: string) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`sync.device ${account}`}, 0))`)

export const countLive = async (read: Read, account: string): Promise<number> =>
  (
    await read.one(
      db
        .selectFrom('sync.device')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .where('revoked_at', 'is', null),
    )
  ).count

export type NewDevice = Pick<
  DeviceRow,
  'id' | 'account_id' | 'assignment_id' | 'organisation_id' | 'country' | 'label' | 'credential_hash' | 'public_key'
>
export const insertDevice = (tx: Tx, device: NewDevice) => tx.insert(insertOf('sync.device', device))

export const listDevices = (read: Read, account: string) =>
  read.all(
    db
      .selectFrom('sync.device')
      .select(['id', 'label', 'made_at', 'seen_at', 'revoked_at'])
      .where('account_id', '=', account)
      .orderBy('made_at', 'desc')
      .limit(50),
  )

/** Ends a device of an account; 0 when there is none, or it is over already. */
export const revoke = (tx: Tx, id: string, account: string, by: string): Promise<number> =>
  tx.run(
    db
      .updateTable('sync.device')
      .set({ revoked_at: sql<Date>`now()`, revoked_by: by })
      .where('id', '=', id)
      .where('account_id', '=', account)
      .where('revoked_at', 'is', null),
  )

/** The days without contact start anew; written at most once a minute. */
export const touch = (tx: Tx, id: string) =>
  tx.run(
    db
      .updateTable('sync.device')
      .set({ seen_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('seen_at', '<', sql<Date>`now() - interval '1 minute'`),
  )

export interface NewParcel {
  readonly device: string
  readonly id: string
  readonly operation: string | undefined
  readonly state: ParcelState
  readonly code: string | undefined
  readonly fields: readonly { readonly field: string; readonly code: string }[]
  readonly sealed: Buffer | undefined
  readonly sha256: Buffer
}
export const findParcel = (read: Read, device: string, id: string) =>
  read.maybe(
    db
      .selectFrom('sync.parcel')
      .select(['state', 'code', 'fields', 'sha256'])
      .where('device_id', '=', device)
      .where('id', '=', id),
  )

/** Keeps what became of a parcel. What is done, or decided by a person, stays as it is. */
export const putParcel = (tx: Tx, one: NewParcel): Promise<number> => {
  const row = {
    operation: one.operation ?? null,
    state: one.state,
    code: one.code ?? null,
    fields: JSON.stringify(one.fields),
    sealed: one.sealed ?? null,
    sha256: one.sha256,
  }
  return tx.run(
    db
      .insertInto('sync.parcel')
      .values({ device_id: one.device, id: one.id, decided_by: null, decided_at: null, ...row })
      .onConflict(c =>
        c
          .columns(['device_id', 'id'])
          .doUpdateSet({ ...row, received_at: sql<Date>`now()` })
          .where(sql<boolean>`parcel.state in ('refused', 'quarantined')`),
      ),
  )
}

/** How many parcels of a device are kept because they are not done. */
export const countKept = async (read: Read, device: string): Promise<number> =>
  (
    await read.one(
      db
        .selectFrom('sync.parcel')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('device_id', '=', device)
        .where('sealed', 'is not', null),
    )
  ).count

/** A page of what waits for a person, newest first; `after` is the id of the last row of the page before. */
export const listQuarantined = (read: Read, user: string, after: string | undefined, limit: number) =>
  read.all(
    db
      .selectFrom('sync.parcel as w')
      .innerJoin('sync.device as d', 'd.id', 'w.device_id')
      .leftJoin('auth.account as p', 'p.id', 'd.account_id')
      .select(['w.id', 'w.device_id', 'w.operation', 'w.code', 'w.received_at', 'd.account_id', 'p.name'])
      .where('w.state', '=', 'quarantined')
      .where('d.account_id', '!=', user)
      .$if(after !== undefined, q => q.where('w.id', '<', after!))
      .orderBy('w.id', 'desc')
      .limit(sql.lit(limit)),
  )

/** A parcel that waits, as it came. @throws Problem not-found */
export const getQuarantined = (read: Read, device: string, id: string) =>
  read.one(
    db
      .selectFrom('sync.parcel')
      .select(['sealed', 'operation'])
      .where('device_id', '=', device)
      .where('id', '=', id)
      .where('state', '=', 'quarantined'),
  )

/** What a second person decided; 0 when another did so first. */
export const settle = (
  tx: Tx,
  device: string,
  id: string,
  by: string,
  end: Pick<NewParcel, 'state' | 'code' | 'fields'>,
): Promise<number> =>
  tx.run(
    db
      .updateTable('sync.parcel')
      .set({
        state: end.state,
        code: end.code ?? null,
        fields: JSON.stringify(end.fields),
        ...(end.state === 'done' || end.state === 'discarded' ? { sealed: null } : {}),
        decided_by: by,
        decided_at: sql<Date>`now()`,
      })
      .where('device_id', '=', device)
      .where('id', '=', id)
      .where('state', '=', 'quarantined'),
  )
