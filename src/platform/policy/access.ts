import { db, sql } from '../db/builder.ts'
import type { Read, Tx } from '../db/context.ts'
import type { CaseAccess, Glimpses } from './case-access.ts'
import { type Compartment, maskOf } from './compartments.ts'
import type { Role } from './roles.ts'

/** The access of this request's principals to one case; undefined when there is none. */
export async function findAccess(read: Read, caseId: string): Promise<CaseAccess | undefined> {
  const rows = await read.all(
    db
      .selectFrom('policy.case_access')
      .select(['compartments', 'shared', 'basis', 'basis_id', 'accepted'])
      .where('case_id', '=', caseId)
      .where('until', '>', sql<Date>`now()`),
  )
  if (rows.length === 0) return undefined
  const has = (basis: string) => rows.some(row => row.basis === basis)
  return {
    held: rows.reduce((mask, row) => (row.basis === 'share' ? mask : mask | row.compartments), 0),
    shared: rows.reduce((mask, row) => mask | row.shared, 0),
    passes: rows.reduce((mask, row) => (row.basis === 'share' ? mask : mask | row.compartments | row.shared), 0),
    own: has('own'),
    assigned: has('assigned'),
    holder: has('holder'),
    accepted: rows.some(row => row.basis === 'share' && row.accepted),
    referred: rows.some(row => row.basis === 'share' && row.shared !== 0),
    shares: new Map(rows.filter(row => row.basis === 'share').map(row => [row.basis_id, row.compartments])),
  }
}

/** What this request's principals may read of a case for a reason that gives them no place in it, by reason. */
export async function findGlimpses(read: Read, caseId: string): Promise<Glimpses> {
  const rows = await read.all(
    db
      .selectFrom('policy.case_glimpse')
      .select(['basis', 'basis_id', 'compartments'])
      .where('case_id', '=', caseId)
      .where('until', '>', sql<Date>`now()`),
  )
  const of = (basis: string) =>
    new Map(rows.filter(row => row.basis === basis).map(row => [row.basis_id, row.compartments]))
  return { broken: of('break-glass'), ordered: of('order'), vital: of('vital-interest') }
}

/** The reference of the case that this one was brought together with, for whoever may know of it. */
export const findLead = async (read: Read, caseId: string): Promise<string | undefined> =>
  (await read.maybe(db.selectFrom('policy.case_merged').select('lead_reference').where('case_id', '=', caseId)))
    ?.lead_reference

/** The cases that some of these were brought together with, for whoever may know of it. */
export const findLeads = async (
  read: Read,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, { case: string; reference: string }>> => {
  const rows = await read.all(
    sql<{ away: string; case: string; reference: string }>`
      select case_id as away, lead_case as case, lead_reference as reference from policy.case_merged
      where case_id = any (${caseIds}::uuid[])`,
  )
  return new Map(rows.map(({ away, ...lead }) => [away, lead]))
}

// Each of these is a function of the database, which refuses what the request's principals may not do.

/** Makes a new case its maker's. @throws (as conflict) when anybody has the case already */
export const makeCase = (tx: Tx, caseId: string, given: readonly Compartment[]): Promise<number> =>
  tx.run(sql`select policy.make(${caseId}::uuid, ${maskOf(given)}::int)`)

export interface Share {
  readonly organisation: string
  readonly caseId: string
  readonly compartments: number
  /** for identification: what was told goes with it, where the person agreed */
  readonly identification: boolean
  readonly referral: string
  readonly consent: string
  readonly until: Date | null
}
/**
 * Keeps a consent as it is until the transaction ends: from ending, or, for whoever ends it, from being shared on.
 * Sent before the consent is read and before any row is locked.
 */
export const lockConsent = (tx: Tx, consent: string, what: 'to-share' | 'to-end'): Promise<number> =>
  tx.run(sql`select policy.lock_consent(${consent}::uuid, ${sql.lit(what === 'to-end')})`)

/** Shares compartments with an organisation for one referral, on one consent that stands and agreed to it. */
export const share = (
  tx: Tx,
  { organisation, caseId, compartments, identification, referral, consent, until }: Share,
): Promise<number> =>
  tx.run(
    sql`select policy.share(${organisation}::uuid, ${caseId}::uuid, ${compartments}::int, ${identification ? compartments : 0}::int, ${referral}::uuid, ${consent}::uuid, ${until ?? 'infinity'}::timestamptz)`,
  )

/** The organisation took on what a referral asked of it: from now on it works with the person. */
export const acceptShare = (tx: Tx, organisation: string, caseId: string, referral: string): Promise<number> =>
  tx.run(sql`select policy.accept(${organisation}::uuid, ${caseId}::uuid, ${referral}::uuid)`)

/** Ends one share at once. */
export const unshare = (tx: Tx, organisation: string, caseId: string, referral: string): Promise<number> =>
  tx.run(sql`select policy.unshare(${organisation}::uuid, ${caseId}::uuid, ${referral}::uuid)`)

/** Ends every share that stood on a consent that was withdrawn. */
export const endConsent = (tx: Tx, caseId: string, consent: string): Promise<number> =>
  tx.run(sql`select policy.end_consent(${caseId}::uuid, ${consent}::uuid)`)

/** The competent unit takes a case into its hands: by the referral that shared it, or one that this member made. */
export const hold = (tx: Tx, organisation: string, caseId: string, referral: string | null): Promise<number> =>
  tx.run(sql`select policy.hold(${organisation}::uuid, ${caseId}::uuid, ${referral}::uuid)`)

/** Puts a coordinator of the unit in charge, instead of whoever was. */
export const putInCharge = (tx: Tx, account: string, caseId: string): Promise<number> =>
  tx.run(sql`select policy.assign(${account}::uuid, ${caseId}::uuid)`)

/** Whether an account that can sign in holds one of these roles in an organisation now. */
export async function holdsRole(
  read: Read,
  account: string,
  organisation: string,
  roles: readonly Role[],
): Promise<boolean> {
  const row = await read.maybe(
    db
      .selectFrom('auth.assignment as s')
      .innerJoin('auth.account as p', 'p.id', 's.account_id')
      .select('s.id')
      .where('s.account_id', '=', account)
      .where('p.status', '=', 'active')
      .where('s.organisation_id', '=', organisation)
      .where('s.role', 'in', [...roles])
      .where('s.confirmed_at', 'is not', null)
      .where('s.until', '>', sql<Date>`now()`),
  )
  return row !== undefined
}
