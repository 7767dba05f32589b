import pg from 'pg'
import { Keys } from '#platform/crypto/keys.ts'
import { nameSearchTerms } from '#platform/crypto/name-terms.ts'
import { openText } from '#platform/db/context.ts'
import { ceilingOf } from '#platform/policy/ceiling.ts'
import { search } from '../src/capabilities/cases/server/store.ts'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { Plan } from './plan.ts'

/** The plan of a name search as the application's own role, behind the fence of the unit's intake. */
export async function planOfSearch(appUrl: string, keysFolder: string, words: string): Promise<string[]> {
  const keys = await Keys.open(keysFolder)
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    const user = accountId('tobias')
    const organisation = organisationId('counter-trafficking-unit')
    const principals = [user, organisation]
    await client.query(
      openText(
        { user, principals, organisation, compartments: ceilingOf.intake, country: 'XSA', role: 'intake' },
        false,
      ),
    )
    const groups = nameSearchTerms(words).map(group => group.map(term => keys.blind('name').term(term)))
    const lines = (await search(new Plan(client), groups, 26, { holder: organisation })) as unknown as string[]
    await client.query('rollback')
    return lines
  } finally {
    await client.end()
    keys.close()
  }
}
