import { uuidv7 } from '#platform/crypto/random.ts'
import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

/** The account that the operator made for an administrator who has not come in yet. */
export const invitedAdministrator = (tx: Tx, email: string) =>
  tx.maybe(
    db
      .selectFrom('auth.account as p')
      .innerJoin('auth.assignment as a', 'a.account_id', 'p.id')
      .select('p.id')
      .where(sql<string>`lower(p.email)`, '=', sql<string>`lower(${email})`)
      .where('p.status', '=', 'invited')
      .where('a.role', '=', 'administrator')
      .where('a.granted_by', 'is', null),
  )

/** The organisation of this name in a country; made as a ministry where there is none. */
export async function organisationNamed(tx: Tx, name: string, country: string): Promise<string> {
  const known = await tx.maybe(
    db.selectFrom('directory.organisation').select('id').where('name', '=', name).where('country', '=', country),
  )
  if (known) return known.id
  const id = uuidv7()
  await tx.run(db.insertInto('directory.organisation').values({ id, country, kind: 'ministry', name }))
  return id
}

// Whose person is held against nobody: recorded before there were terms. Invented cases never have any, erased ones none any more.
const unheld = sql`from cases.folder f join cases.identity i on i.case_id = f.id
  where not exists (select from cases.match_term m where m.case_id = f.id)
    and not exists (select from oversight.canary c where c.case_id = f.id)
    and not exists (select from policy.case_hidden h where h.case_id = f.id and h.basis = 'erased')`
export const countUnheld = async (read: Read): Promise<number> =>
  (await read.one(sql<{ n: number }>`select count(*)::int as n ${unheld}`)).n
/** The next of them after an id, locked, so that who somebody is does not change meanwhile. */
export const lockUnheld = (tx: Tx, after: string, most: number) =>
  tx.all(
    sql<{ id: string; country: string; slot: number; madeAt: Date; sealed: Buffer }>`
      select f.id, f.country, f.key_slot as slot, f.made_at as "madeAt", i.sealed ${unheld} and f.id > ${after}::uuid
      order by f.id limit ${sql.lit(most)} for update of i`,
  )
/** Somebody who wrote down the same person at the same moment wrote the same terms. */
export const insertMatchTerms = (tx: Tx, caseId: string, terms: readonly { kind: string; term: Buffer }[]) =>
  tx.run(sql`insert into cases.match_term (case_id, kind, term)
    select distinct ${caseId}::uuid, k::"char", t
    from unnest(${terms.map(one => one.kind)}::text[], ${terms.map(one => one.term)}::bytea[]) as u (k, t)
    on conflict do nothing`)
