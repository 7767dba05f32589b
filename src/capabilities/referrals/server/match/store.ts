import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'

/** Minutes in which organisations of the country usually answer; of one that answered less than five times lately nothing. */
export async function listPaces(read: Read): Promise<ReadonlyMap<string, number>> {
  const rows = await read.all(
    sql<{ organisation: string; minutes: number }>`select organisation, minutes from referrals.pace()`,
  )
  return new Map(rows.map(row => [row.organisation, row.minutes]))
}

/** Organisations that were asked for a kind of help for this case, and did not leave it to be asked again. */
export async function listAskedBefore(read: Read, caseId: string, service: string): Promise<ReadonlySet<string>> {
  const rows = await read.all(
    sql<{ to: string }>`select distinct r.to_organisation as to from referrals.referral r
      where r.case_id = ${caseId} and r.service = ${service} and r.status not in ('revoked', 'done', 'ended')`,
  )
  return new Set(rows.map(row => row.to))
}
