import { uuidv7 } from '#platform/crypto/random.ts'
import { db, sql } from '#platform/db/builder.ts'
import type { Tx } from '#platform/db/context.ts'

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
