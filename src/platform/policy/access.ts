import { db, sql } from '../db/builder.ts'
import type { Read, Tx } from '../db/context.ts'
import type { CaseAccess } from './case-access.ts'
import { type Compartment, maskOf } from './compartments.ts'
import type { Role } from './roles.ts'

/** The access of this request's principals to one case; undefined when there is none. */
export async function findAccess(read: Read, caseId: string): Promise<CaseAccess | undefined> {
  const rows = await read.all(
    db
      .selectFrom('policy.case_access')
      .select(['compartments', 'basis'])
      .where('case_id', '=', caseId)
      .where('until', '>', sql<Date>`now()`),
  )
  if (rows.length === 0) return undefined
  const has = (basis: string) => rows.some(row => row.basis === basis)
  return {
    compartments: rows.reduce((mask, row) => mask | row.compartments, 0),
    own: has('own') || has('assigned'),
    holder: has('holder'),
    share: has('share'),
  }
}

export interface Gift {
  readonly principal: string
  readonly caseId: string
  readonly compartments: number | readonly Compartment[]
  readonly until?: Date | null
  readonly basis: 'own' | 'assigned' | 'share'
  readonly basisId?: string
}
/** Gives a principal compartments of a case. The database refuses what the giver does not hold. */
export const give = (tx: Tx, gift: Gift): Promise<number> =>
  tx.run(
    sql`select policy.give(${gift.principal}::uuid, ${gift.caseId}::uuid, ${
      typeof gift.compartments === 'number' ? gift.compartments : maskOf(gift.compartments)
    }::int, ${gift.until ?? 'infinity'}::timestamptz, ${gift.basis}, ${gift.basisId ?? null}::uuid)`,
  )

/** Ends a principal's access of one kind at once. */
export const take = (tx: Tx, principal: string, caseId: string, basis: 'assigned' | 'share'): Promise<number> =>
  tx.run(sql`select policy.take(${principal}::uuid, ${caseId}::uuid, ${basis})`)

/** The competent unit takes a case into its hands. The database refuses any other organisation. */
export const hold = (tx: Tx, organisation: string, caseId: string): Promise<number> =>
  tx.run(sql`select policy.hold(${organisation}::uuid, ${caseId}::uuid)`)

/** Whether an account holds one of these roles in an organisation now. */
export async function holdsRole(
  read: Read,
  account: string,
  organisation: string,
  roles: readonly Role[],
): Promise<boolean> {
  const row = await read.maybe(
    db
      .selectFrom('auth.assignment')
      .select('id')
      .where('account_id', '=', account)
      .where('organisation_id', '=', organisation)
      .where('role', 'in', [...roles])
      .where('until', '>', sql<Date>`now()`),
  )
  return row !== undefined
}
