import type pg from 'pg'

/** Columns of a table with their SQL types, in the order of each row's values. */
export type Columns = Readonly<Record<string, string>>
type Value = string | number | boolean | null | Buffer

const text = (value: Value): string | null =>
  value === null ? null : Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : String(value)

/** Inserts many rows in one statement: every value travels as text and is cast to its column's type. */
export async function insertAll(
  client: pg.Client,
  table: string,
  columns: Columns,
  rows: readonly Value[][],
): Promise<void> {
  if (rows.length === 0) return
  const names = Object.keys(columns)
  const casts = Object.values(columns).map((type, i) => `u.c${i}::${type}`)
  const arrays = names.map((_, i) => `$${i + 1}::text[]`)
  await client.query(
    `insert into ${table} (${names.join(', ')}) select ${casts.join(', ')}
     from unnest(${arrays.join(', ')}) as u (${names.map((_, i) => `c${i}`).join(', ')})`,
    names.map((_, i) => rows.map(row => text(row[i]!))),
  )
}

/** Takes a table's indexes and constraints away while it is filled, and puts the same ones back. */
export async function withoutIndexes(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  const keys = await client.query<{ name: string; text: string }>(
    `select conname as name, pg_get_constraintdef(oid) as text from pg_constraint
     where conrelid = $1::regclass and contype in ('p', 'u')`,
    [table],
  )
  const indexes = await client.query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i
     where i.indrelid = $1::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [table],
  )
  for (const { name } of keys.rows) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`)
  await work()
  for (const { name, text } of keys.rows) await client.query(`alter table ${table} add constraint ${name} ${text}`)
  for (const { text } of indexes.rows) await client.query(text)
}
