import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '#platform/config/root.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { connectRights } from './cluster-roles.ts'

/** The migrations that ship with the program. */
export const MIGRATIONS = join(root, 'db', 'migrations')

type Migration = { no: number; name: string; file: string; sql: string; sha256: string }
type Applied = { no: number; name: string; sha256: string }

// Any constant does, as long as nothing else in the database uses it.
const LOCK = 7_261_201

// Owner only: a policy for the owner keeps it working where the owner may not bypass row-level security.
const LEDGER = `
  create schema if not exists platform;
  create table platform.migration (
    no integer primary key,
    name text not null,
    sha256 text not null,
    at timestamptz not null default now()
  );
  alter table platform.migration enable row level security;
  alter table platform.migration force row level security;
  create policy migration_owner on platform.migration to current_user using (true) with check (true)`

async function read(folder: string): Promise<Migration[]> {
  const found: Migration[] = []
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()) {
    const parts = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file)
    if (!parts) throw new Error(`A migration is named NNNN-words.sql, not ${file}`)
    const no = Number(parts[1])
    if (found.at(-1)?.no === no) throw new Error(`Two migrations have the number of ${file}`)
    // A checkout with other line ends is the same migration.
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
    if (/^[ \t]*(commit|rollback)\b[^;\n]*;/im.test(withoutBodies(sql))) {
      throw new Error(`${file} ends its transaction itself; each migration is one transaction`)
    }
    found.push({ no, name: parts[2]!, file, sql, sha256: sha256(sql).toString('hex') })
  }
  return found
}

// What a procedure does in its body is its own affair.
const withoutBodies = (sql: string): string => sql.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, '')

/** Compares what was applied with the files; returns the first file still to apply. Throws naming the file. */
function next(migrations: Migration[], applied: Applied[]): Migration | undefined {
  const known = new Map(migrations.map(migration => [migration.no, migration]))
  for (const { no, name, sha256 } of applied) {
    const migration = known.get(no)
    if (!migration) {
      throw new Error(`The database has migration ${no} (${name}), which this version lacks: run a newer version`)
    }
    if (migration.sha256 !== sha256) {
      throw new Error(`${migration.file} was changed after it had been applied: bring it back and write a new one`)
    }
  }
  const last = applied.at(-1)?.no ?? 0
  const done = new Set(applied.map(({ no }) => no))
  const due = migrations.find(({ no }) => !done.has(no))
  if (due && due.no < last)
    throw new Error(`${due.file} comes before migration ${last}, which was applied: renumber it`)
  return due
}

function failure(migration: Migration, error: unknown): Error {
  const { code = '', message, position } = error as { code?: string; message: string; position?: string }
  const line = position ? ` line ${migration.sql.slice(0, Number(position)).split('\n').length}` : ''
  // Messages about data (classes 21 to 23) quote them; those about definitions name only what the file names.
  const why = /^2[123]/.test(code) ? 'the data do not allow it' : message
  return new Error(`${migration.file}${line}: ${why} (${code || 'no code'})`)
}

/**
 * Brings a database forward: applies the files of `folder` that it has not had, in order, each in a transaction of its
 * own. Several may run at once; each migration is applied once.
 * @returns the files that this call applied
 * @throws when an applied file was changed, is missing or is overtaken by a new one; the message names it
 */
export async function migrate(
  ownerUrl: string,
  folder: string = MIGRATIONS,
  options: { log?: (line: string) => void } = {},
): Promise<string[]> {
  const migrations = await read(folder)
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const applied: string[] = []
  try {
    await inTransaction(client, async () => {
      const has = await client.query("select to_regclass('platform.migration') is not null as ledger")
      if (!has.rows[0].ledger) await client.query(LEDGER)
    })
    while (true) {
      const file = await inTransaction(client, () => step(client, migrations, options.log))
      if (!file) return applied
      applied.push(file)
    }
  } finally {
    await client.end()
  }
}

async function step(client: pg.Client, migrations: Migration[], log?: (line: string) => void) {
  const had = await client.query<Applied>('select no, name, sha256 from platform.migration order by no')
  const due = next(migrations, had.rows)
  if (!due) return undefined
  log?.(`migration ${due.file}`)
  await client.query(due.sql).catch(error => {
    throw failure(due, error)
  })
  // A migration may have changed these for itself.
  await client.query('reset role; reset session authorization; reset search_path')
  await client.query('insert into platform.migration (no, name, sha256) values ($1, $2, $3)', [
    due.no,
    due.name,
    due.sha256,
  ])
  return due.file
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

const inDatabase = (url: string, database: string): string => {
  const to = new URL(url)
  to.pathname = `/${database}`
  return to.href
}

function named(database: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(database)) throw new Error(`Not a database name: ${database}`)
  return database
}

async function administer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inDatabase(url, 'postgres') })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * Makes a database to clone from, migrated, replacing one of that name. For tests.
 * @param prepare further steps, given its URL; every connection must be closed again
 * @returns its URL
 */
export async function createTemplate(
  ownerUrl: string,
  template: string,
  options: { folder?: string; prepare?: (url: string) => Promise<void> } = {},
): Promise<string> {
  await dropDatabase(ownerUrl, template)
  await administer(ownerUrl, [`create database ${named(template)} template template0`, connectRights(template)])
  const url = inDatabase(ownerUrl, template)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('revoke all on schema public from public').finally(() => client.end())
  await migrate(url, options.folder)
  await options.prepare?.(url)
  return url
}

/** Copies a template in some milliseconds. @returns the copy's URL for the same role */
export async function cloneDatabase(superOrOwnerUrl: string, template: string, name: string): Promise<string> {
  const copy = `create database ${named(name)} template ${named(template)} owner samaan_owner`
  await administer(superOrOwnerUrl, [copy, connectRights(name)])
  return inDatabase(superOrOwnerUrl, name)
}

/** Deletes a database with whoever is connected to it; one that is not there is fine. */
export async function dropDatabase(superOrOwnerUrl: string, name: string): Promise<void> {
  await administer(superOrOwnerUrl, [`drop database if exists ${named(name)} with (force)`])
}
