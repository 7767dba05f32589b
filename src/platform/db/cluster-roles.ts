import pg from 'pg'
import { LOGIN, ROLES, type Secrets } from './cluster-secrets.ts'

const RIGHTS = {
  samaan_owner: 'nosuperuser nocreaterole noreplication bypassrls createdb',
  samaan_app: 'nosuperuser nocreaterole noreplication nobypassrls nocreatedb',
  samaan_jobs: 'nosuperuser nocreaterole noreplication nobypassrls nocreatedb',
  samaan_dump: 'nosuperuser nocreaterole noreplication bypassrls nocreatedb',
}

/** The statements that give a role its password; passwords are base64url, so they need no quoting. */
export const passwordStatement = (secrets: Secrets, role: keyof Secrets): string =>
  `alter role ${LOGIN[role]} password '${secrets[role]}'`

/** Makes or repairs the four roles and the database `samaan`. Every step may be repeated. */
export async function ensureRoles(superUrl: (database: string) => string, secrets: Secrets): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl('postgres') })
  await client.connect()
  try {
    const has = await client.query<{ name: string }>('select rolname as name from pg_roles')
    const roles = new Set(has.rows.map(row => row.name))
    const statements = Object.entries(RIGHTS).flatMap(([role, rights]) => [
      roles.has(role) ? '' : `create role ${role}`,
      `alter role ${role} login ${rights}`,
    ])
    for (const role of ROLES) if (role !== 'super') statements.push(passwordStatement(secrets, role))
    statements.push(
      'grant pg_read_all_data to samaan_dump',
      "alter role samaan_app set statement_timeout = '15s'",
      "alter role samaan_app set lock_timeout = '5s'",
      "alter role samaan_app set idle_in_transaction_session_timeout = '10s'",
      'revoke connect, temporary on database postgres, template1 from public',
      'grant connect on database postgres to samaan_owner',
    )
    await client.query(statements.filter(Boolean).join(';\n'))
    const database = await client.query("select from pg_database where datname = 'samaan'")
    if (!database.rowCount) {
      await client.query('create database samaan owner samaan_owner template template0')
    }
    await client.query(connectRights('samaan'))
  } finally {
    await client.end()
  }
  const inside = new pg.Client({ connectionString: superUrl('samaan') })
  await inside.connect()
  try {
    await inside.query('revoke all on schema public from public')
  } finally {
    await inside.end()
  }
}

/** Who may connect to a database. CREATE DATABASE … TEMPLATE does not copy these rights. */
export const connectRights = (database: string): string =>
  `revoke connect, temporary on database ${database} from public;
   grant connect on database ${database} to samaan_owner, samaan_app, samaan_jobs, samaan_dump`
