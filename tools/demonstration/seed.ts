import pg from 'pg'
import type { CountryPack } from '#platform/country/pack.ts'
import { accountId, assignmentId, organisationId, people, stableId } from './people.ts'

/**
 * Puts the demonstration country's organisations and people into an empty database. Run again, it changes nothing.
 * @param ownerUrl the owner's address: nobody else may make the first accounts
 * @param onFirst called where nobody was there yet, before that changes
 */
export async function seed(ownerUrl: string, pack: CountryPack, onFirst?: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('begin')
    const { rowCount: before } = await client.query('select 1 from auth.account limit 1')
    if (before === 0) await onFirst?.()
    for (const body of pack.bodies) {
      await client.query(
        `insert into directory.organisation (id, country, kind, name, languages, phone, competent)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [
          organisationId(body.code),
          pack.code,
          body.kind,
          body.names.en,
          body.languages,
          body.phone,
          body.competentFor.includes('adults'),
        ],
      )
      for (const service of body.services)
        await client.query(
          `insert into directory.service (id, organisation_id, kind, area, languages) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
          [
            stableId(`service ${body.code} ${service}`),
            organisationId(body.code),
            service,
            body.public ? (body.places[0] ?? null) : null,
            body.languages,
          ],
        )
    }
    for (const person of people) {
      await client.query(
        `insert into auth.account (id, name, email, language, status) values ($1, $2, $3, $4, 'active')
         on conflict do nothing`,
        [accountId(person.key), person.name, `${person.key}@santa-aurelia.example`, person.language],
      )
      await client.query(
        `insert into auth.assignment (id, account_id, organisation_id, role, country) values ($1, $2, $3, $4, $5)
         on conflict do nothing`,
        [assignmentId(person.key), accountId(person.key), organisationId(person.body), person.role, pack.code],
      )
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
