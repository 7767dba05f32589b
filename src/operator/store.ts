import { uuidv7 } from '#platform/crypto/random.ts'
import { db } from '#platform/db/builder.ts'
import type { Tx } from '#platform/db/context.ts'

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
