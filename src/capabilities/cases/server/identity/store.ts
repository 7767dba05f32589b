import type { Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { fixed, insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { Actor } from '#platform/policy/decide.ts'

export type ConflictRow = Pick<Selectable<Tables['cases.identity_conflict']>, 'id' | 'case_id' | 'sealed' | 'version'>
export interface IdentityRow {
  readonly sealed: Buffer
  readonly version: number
}

const identityOf = fixed((caseId: string) =>
  db.selectFrom('cases.identity').select(['sealed', 'version']).where('case_id', '=', caseId),
)
export const findIdentity = (read: Read, caseId: string): Promise<IdentityRow | undefined> =>
  read.maybe(identityOf(caseId))
const lockedOf = fixed((caseId: string) =>
  db.selectFrom('cases.identity').select(['sealed', 'version']).where('case_id', '=', caseId).forUpdate(),
)
/** Until the transaction ends nobody else changes who this person is, nor a conflict about it. */
export const lockIdentity = (tx: Tx, caseId: string): Promise<IdentityRow | undefined> => tx.maybe(lockedOf(caseId))
/** Of a row that is locked. */
export const changeIdentity = (tx: Tx, caseId: string, version: number, sealed: Buffer): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.identity')
      .set({ sealed, version: version + 1 })
      .where('case_id', '=', caseId)
      .where('version', '=', version),
  )

const conflictColumns = ['id', 'case_id', 'sealed', 'version'] as const
const openOf = fixed((caseId: string) =>
  db
    .selectFrom('cases.identity_conflict')
    .select(conflictColumns)
    .where('case_id', '=', caseId)
    .where('settled_at', 'is', null)
    .orderBy('id'),
)
/** What waits for a person, oldest first. */
export const listOpen = (read: Read, caseId: string): Promise<ConflictRow[]> => read.all(openOf(caseId))
export const findConflict = (read: Read, caseId: string, id: string): Promise<ConflictRow | undefined> =>
  read.maybe(
    db.selectFrom('cases.identity_conflict').select(conflictColumns).where('id', '=', id).where('case_id', '=', caseId),
  )
export const addConflict = (tx: Tx, id: string, caseId: string, sealed: Buffer): Promise<void> =>
  tx.insert(insertOf('cases.identity_conflict', { id, case_id: caseId, sealed }))
/** Another value waits now, also where the conflict had been settled. */
export const replaceConflict = (tx: Tx, { id, version }: ConflictRow, sealed: Buffer): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.identity_conflict')
      .set({ sealed, version: version + 1, settled_at: null, settled_by: null })
      .where('id', '=', id),
  )
/** Nothing of it is left but that it was. */
export const settle = (tx: Tx, { id, version }: ConflictRow, by: string, at: Date): Promise<number> =>
  tx.run(
    db
      .updateTable('cases.identity_conflict')
      .set({ sealed: null, version: version + 1, settled_at: at, settled_by: by })
      .where('id', '=', id)
      .where('settled_at', 'is', null),
  )

/** The cases whose identity an actor may change: the rule of `policy.ts` as a condition on the folder f and its access a. */
const changeable = ({ role, user, organisation }: Actor) =>
  role === 'officer'
    ? sql`a.basis = 'own' and a.principal = ${user}::uuid and f.made_by = ${user}::uuid`
    : role === 'coordinator'
      ? sql`a.basis = 'assigned' and a.principal = ${user}::uuid and f.coordinator = ${user}::uuid`
      : sql`(a.basis = 'holder' and a.principal = ${organisation}::uuid
          or a.basis = 'own' and a.principal = ${user}::uuid and f.made_by = ${user}::uuid and f.status = 'new')`

export interface WaitingRow extends ConflictRow {
  readonly reference: string
  readonly key_slot: number
  readonly made_by: string
  readonly made_at: Date
  readonly identity: Buffer
  readonly identity_version: number
}
/** What waits in every case whose identity the actor may change, newest first. */
export const listWaiting = (
  read: Read,
  actor: Actor,
  after: string | undefined,
  limit: number,
): Promise<WaitingRow[]> =>
  read.all(sql<WaitingRow>`
    select c.id, c.case_id, c.sealed, c.version, f.reference, f.key_slot, f.made_by, f.made_at,
      i.sealed as identity, i.version as identity_version
    from cases.identity_conflict c
    join cases.folder f on f.id = c.case_id
    join cases.identity i on i.case_id = c.case_id
    where c.settled_at is null ${after ? sql`and c.id < ${after}::uuid` : sql``}
      and exists (select from policy.case_access a
        where a.case_id = c.case_id and a.until > now() and a.compartments & 1 <> 0 and ${changeable(actor)})
    order by c.id desc
    limit ${sql.lit(limit)}`)

/** The newest cases that an actor made and whose identity they may still change, for a phone to keep. */
export const listChangeable = (
  read: Read,
  actor: Actor,
  limit: number,
): Promise<{ id: string; case: string; version: string; conflicts: number }[]> =>
  read.all(sql<{ id: string; case: string; version: string; conflicts: number }>`
    select f.id, f.id as case, c.waiting as conflicts,
      to_hex(hashtextextended(concat_ws(' ', i.version, f.status, f.child, c.versions), 0)) as version
    from policy.case_access own
    join cases.folder f on f.id = own.case_id
    join cases.identity i on i.case_id = own.case_id
    cross join lateral (
      select count(*)::int as waiting, string_agg(w.id || ' ' || w.version, ',' order by w.id) as versions
      from cases.identity_conflict w where w.case_id = f.id and w.settled_at is null
    ) c
    where own.principal = ${actor.user}::uuid and own.basis = 'own' and own.until > now()
      and exists (select from policy.case_access a
        where a.case_id = f.id and a.until > now() and a.compartments & 1 <> 0 and ${changeable(actor)})
    order by own.case_id desc
    limit ${sql.lit(limit)}`)
