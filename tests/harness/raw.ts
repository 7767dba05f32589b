import pg from 'pg'
import { openText } from '#platform/db/context.ts'
import { fenceOf } from '#platform/http/fence.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Role } from '#platform/policy/roles.ts'
import { accountId, organisationId, type PersonKey, people } from '../../tools/demonstration/people.ts'
import type { Harness } from './harness.ts'

/** Statements past the server, on the application's own connection, with the settings that the server gives a person. */
export interface Raw {
  /** Sees and does everything: for the truth, never for a request. */
  readonly truth: pg.Client
  /** How many rows it touched, or the class of the error. Never kept. `role`: another one than they have in the demonstration. */
  readonly tried: (by: PersonKey, text: string, values?: readonly unknown[], role?: Role) => Promise<number | string>
  readonly end: () => Promise<void>
}
export async function openRaw(harness: Harness): Promise<Raw> {
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  const app = new pg.Client({ connectionString: harness.database.url('app') })
  await Promise.all([truth.connect(), app.connect()])
  return {
    truth,
    tried: async (by, text, values = [], role) => {
      const person = people.find(one => one.key === by)!
      const organisation = organisationId(person.body)
      const actor = { user: accountId(by), role: role ?? person.role, organisation, country: 'XSA' } as Actor
      await app.query(openText(fenceOf(actor), true))
      try {
        return (await app.query(text, [...values])).rowCount ?? 0
      } catch (error) {
        return (error as { code: string }).code
      } finally {
        await app.query('rollback')
      }
    },
    end: async () => {
      await Promise.all([truth.end(), app.end()])
    },
  }
}
