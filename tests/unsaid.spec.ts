import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { roles } from '#platform/policy/roles.ts'
import { type TestDatabase, testDatabase } from './harness/cluster.ts'

// A connection of the application's that says nothing of who asks: no row of any table is shown to it, changed or deleted by it.
// No table holds anything public; what everybody may see (country packs, words, the public site) is in files.

let database: TestDatabase
let truth: pg.Client
let app: pg.Client
let granted: { name: string; columns: string[]; writes: string[]; deletes: boolean }[]
before(async () => {
  database = await testDatabase()
  truth = new pg.Client({ connectionString: database.url('super') })
  app = new pg.Client({ connectionString: database.url('app') })
  await Promise.all([truth.connect(), app.connect()])
  granted = (
    await truth.query(
      `select n.nspname || '.' || c.relname as name, has_table_privilege('samaan_app', c.oid, 'delete') as deletes,
         array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           and has_column_privilege('samaan_app', c.oid, a.attnum, 'select')) as columns,
         array(select quote_ident(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           and has_column_privilege('samaan_app', c.oid, a.attnum, 'update')) as writes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^(pg_|information_schema$|pgboss$)'
         and has_any_column_privilege('samaan_app', c.oid, 'select, update')
       order by 1`,
    )
  ).rows
  await fill()
})
after(async () => {
  await Promise.all([truth?.end(), app?.end()])
  await database?.drop()
})

/** A value of a type that conditions like to be true of: in force, of some country, a code of the vocabulary. */
const sampleOf = (type: string): string => {
  if (type.endsWith('[]')) return `'{}'::${type}`
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type.startsWith('timestamp')) return `now() + interval '1 day'`
  if (type === 'bytea') return `sha256(gen_random_uuid()::text::bytea)`
  if (type === 'boolean') return 'true'
  if (/^(integer|bigint|smallint|numeric|double)/.test(type)) return '127'
  if (type === 'date') return 'current_date'
  if (/^jsonb?$/.test(type)) return `'{}'`
  return `'XSA'`
}

/** Two rows in every table: all that may be empty is empty in one, nothing is in the other. Keys and checks are put aside. */
async function fill(): Promise<void> {
  await truth.query('begin; set local session_replication_role = replica')
  await truth.query(`do $$ declare one record; begin
    for one in select c.conname, c.conrelid::regclass as of from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where c.contype in ('c', 'f') and n.nspname !~ '^(pg_|information_schema$|pgboss$)' and c.conparentid = 0
    loop execute format('alter table %s drop constraint if exists %I cascade', one.of, one.conname); end loop; end $$`)
  const tables = await truth.query(
    `select n.nspname || '.' || c.relname as name, json_agg(json_build_object('name', quote_ident(a.attname),
       'type', format_type(a.atttypid, null), 'needed', a.attnotnull, 'given', a.attidentity <> '' or a.attgenerated <> '')) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and n.nspname || '.' || c.relname = any ($1) and a.attnum > 0 and not a.attisdropped group by 1`,
    [granted.map(one => one.name)],
  )
  type Column = { name: string; type: string; needed: boolean; given: boolean }
  for (const { name, columns } of tables.rows as { name: string; columns: Column[] }[])
    for (const filled of [false, true]) {
      const put = columns.filter(one => !one.given && (filled || one.needed))
      await truth.query(
        `insert into ${name} (${put.map(one => one.name).join(', ')}) values (${put.map(one => sampleOf(one.type)).join(', ')})
         on conflict do nothing`,
      )
    }
  await truth.query('commit')
}

const settings = ['user', 'principals', 'organisation', 'compartments', 'country', 'role', 'visit']
/** What a connection may have said without saying who asks. */
const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: {},
  'empty words': Object.fromEntries(settings.map(one => [one, ''])),
  // All that a role alone could open; the steps of signing in are an actor of their own, with no case before them.
  ...Object.fromEntries(roles.map(role => [`only ${role}`, { role, compartments: '127' }])),
}

/** How many rows one statement reached. A refusal, or a setting that is no id, is none; another error came from a row. */
async function touched(text: string, words: Readonly<Record<string, string>>): Promise<number> {
  await app.query('begin')
  try {
    for (const [name, value] of Object.entries(words))
      await app.query('select set_config($1, $2, true)', [`samaan.${name}`, value])
    return (await app.query(text)).rowCount ?? 0
  } catch (error) {
    return /^(42501|22P02)$/.test((error as { code: string }).code) ? 0 : 1
  } finally {
    await app.query('rollback')
  }
}

test('who says nothing of who they are sees, changes and deletes no row of any table', async t => {
  const open: string[] = []
  let asked = 0
  for (const [what, words] of Object.entries(said))
    for (const { name, columns, writes, deletes } of granted) {
      const statements = [
        ...(columns.length > 0 ? [`select ${columns[0]} from ${name}`] : []),
        // Without a condition, which would ask the policies of reading as well.
        ...(writes.length > 0 ? [`update ${name} set ${writes[0]} = default`] : []),
        ...(deletes ? [`delete from ${name}`] : []),
      ]
      asked += statements.length
      for (const text of statements) {
        const rows = await touched(text, words)
        if (rows > 0) open.push(`${what}: ${text}: ${rows}`)
      }
    }
  t.diagnostic(`${granted.length} tables and views, ${asked} statements`)
  assert.ok(granted.length > 75, `${granted.length} tables`)
  assert.deepEqual(open, [])
})

test('every table that is asked holds something, so that nothing shown means closed', async () => {
  const bare: string[] = []
  for (const { name } of granted)
    if ((await truth.query(`select 1 from ${name} limit 1`)).rowCount === 0) bare.push(name)
  assert.deepEqual(bare, ['auth.working'])
})
