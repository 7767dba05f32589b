import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { dumpSchema } from '#platform/db/dump-schema.ts'
import { tablesSource } from '#platform/db/tables-source.ts'
import { type TestDatabase, testDatabase } from './harness/cluster.ts'

let database: TestDatabase
let client: pg.Client
before(async () => {
  database = await testDatabase()
  client = new pg.Client({ connectionString: database.url('super') })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
})

const file = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')
const rows = async (text: string): Promise<Record<string, unknown>[]> => (await client.query(text)).rows
/** The queue keeps its own schema (design, section 5). */
const ours = `n.nspname !~ '^(pg_|information_schema$)' and n.nspname <> 'pgboss'`

test('db/schema.sql is what the migrations make', async () => {
  assert.equal(await dumpSchema(database.url('owner')), await file('db/schema.sql'), 'run: node tools/generate.ts')
})

test('the table types are what the migrations make', async () => {
  assert.equal(
    await tablesSource(database.url('owner')),
    await file('src/platform/db/tables.ts'),
    'run: node tools/generate.ts',
  )
})

test('row-level security is enabled and forced on every table, and every table has a policy', async t => {
  const tables = await rows(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           (select count(*) from pg_policy p where p.polrelid = c.oid)::int as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${ours} order by 1`)
  t.diagnostic(`${tables.length} tables`)
  assert.ok(tables.length >= 25)
  // The migrator's own list of what was applied holds nothing about anybody and is granted to nobody.
  const bare = tables.filter(one => !(one.enabled && one.forced && Number(one.policies) > 0))
  assert.deepEqual(
    bare.filter(one => !(one.name === 'platform.migration' && one.enabled && one.forced)),
    [],
  )
})

test('the app owns nothing and cannot step over a policy', async () => {
  const roles = await rows(`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
    from pg_roles where rolname in ('samaan_app', 'samaan_jobs') order by 1`)
  assert.equal(roles.length, 2)
  for (const { rolname, ...rights } of roles)
    assert.ok(
      Object.values(rights).every(one => one === false),
      `${rolname} ${JSON.stringify(rights)}`,
    )
  const memberships = await rows(`
    select m.rolname as member, g.rolname as "group" from pg_auth_members a
    join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid where m.rolname in ('samaan_app', 'samaan_jobs')`)
  assert.deepEqual(memberships, [])
  const owned = await rows(`
    select c.relname from pg_class c where pg_get_userbyid(c.relowner) = 'samaan_app'
    union all select p.proname from pg_proc p where pg_get_userbyid(p.proowner) = 'samaan_app'
    union all select n.nspname from pg_namespace n where pg_get_userbyid(n.nspowner) = 'samaan_app'
    union all select t.typname from pg_type t where pg_get_userbyid(t.typowner) = 'samaan_app'`)
  assert.deepEqual(owned, [])
})

test('the app cannot create anything, anywhere', async () => {
  const places = await rows(`
    select n.nspname from pg_namespace n
    where has_schema_privilege('samaan_app', n.oid, 'create') and n.nspname !~ '^pg_(temp|toast_temp)'`)
  assert.deepEqual(places, [])
  const [{ create, temp }] = (await rows(`
    select has_database_privilege('samaan_app', current_database(), 'create') as create,
           has_database_privilege('samaan_app', current_database(), 'temp') as temp`)) as [
    { create: boolean; temp: boolean },
  ]
  assert.equal(create, false)
  assert.equal(temp, false, 'a temporary table would be a table without a policy')
})

test('every view looks with the eyes of whoever asks', async () => {
  const views = await rows(`
    select n.nspname || '.' || c.relname as name, c.relkind as kind from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and ${ours}
      and (c.relkind = 'm' or not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false))`)
  assert.deepEqual(views, [])
})

test('no policy calls a function of ours', async () => {
  const calls = await rows(`
    select p.polrelid::regclass::text as "table", p.polname, f.proname
    from pg_policy p
    join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
    join pg_proc f on f.oid = d.refobjid join pg_namespace n on n.oid = f.pronamespace
    where n.nspname <> 'pg_catalog'`)
  assert.deepEqual(calls, [])
})

test('policies read settings once for a statement, not once for a row', async () => {
  const policies = await rows(`
    select schemaname || '.' || tablename || ' ' || policyname as name, coalesce(qual, '') || ' ' || coalesce(with_check, '') as text
    from pg_policies where schemaname <> 'pgboss'`)
  assert.ok(policies.length > 30)
  const bare = policies.filter(({ text }) => {
    const all = String(text).match(/current_setting\(/g)?.length ?? 0
    const wrapped = String(text).match(/SELECT current_setting\(/g)?.length ?? 0
    return all !== wrapped
  })
  assert.deepEqual(
    bare.map(one => one.name),
    [],
  )
})

test('functions that run as their owner fix their search path and are not for everybody', async () => {
  const functions = await rows(`
    select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and ${ours}
      and (not coalesce(p.proconfig::text[] && array['search_path=pg_catalog', 'search_path=""'], false)
           or has_function_privilege('public', p.oid, 'execute'))`)
  assert.deepEqual(functions, [])
})

test('a planted table without security, and a planted policy with a function, would be seen', async () => {
  await client.query('begin')
  try {
    await client.query(`create table directory.planted (id int);
      create function directory.seen() returns boolean language sql as 'select true';
      create policy planted on directory.service using (directory.seen())`)
    const bare = await rows(`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and ${ours} and not (c.relrowsecurity and c.relforcerowsecurity)`)
    assert.ok(bare.some(one => one.relname === 'planted'))
    const calls = await rows(`
      select f.proname from pg_policy p
      join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
      join pg_proc f on f.oid = d.refobjid join pg_namespace n on n.oid = f.pronamespace where n.nspname <> 'pg_catalog'`)
    assert.deepEqual(calls, [{ proname: 'seen' }])
  } finally {
    await client.query('rollback')
  }
})
