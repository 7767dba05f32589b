import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Cluster, removeCluster, startCluster } from './cluster.ts'
import { dumpSchema } from './dump-schema.ts'
import { cloneDatabase, createTemplate } from './migrate.ts'
import { tablesSource } from './tables-source.ts'

let base: string
let cluster: Cluster
let count = 0

before(async () => {
  base = await mkdtemp(join(tmpdir(), 'samaan-dump-'))
  cluster = await startCluster({ folder: join(base, 'postgres'), settings: { shared_buffers: '16MB', fsync: 'off' } })
  await createTemplate(cluster.urls.owner, 'empty', { folder: base })
})

after(async () => {
  await removeCluster(join(base, 'postgres'))
  await rm(base, { recursive: true, force: true })
})

async function made<T>(sql: string, look: (url: string) => Promise<T>): Promise<T> {
  count += 1
  const url = await cloneDatabase(cluster.urls.owner, 'empty', `made_${count}`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
  return look(url)
}

const DEFINITION = `
  create schema a;
  create type a.mood as enum ('calm', 'worried');
  create domain a.iso as text check (value ~ '^[A-Z]{3}$');
  create sequence a.counter as int start 5;
  create table a.parent (id uuid primary key, mood a.mood not null default 'calm', country a.iso not null);
  create table a.child (
    id bigint generated always as identity primary key,
    parent uuid references a.parent on delete cascade,
    "odd name" text collate "C" not null check ("odd name" <> ''),
    doubled int generated always as (2 * length("odd name")) stored,
    tags text[] not null default '{}',
    data jsonb, made timestamptz not null default now(), day date, sealed bytea not null, price numeric(10, 2),
    moods a.mood[]
  );
  create index child_parent on a.child (parent, made desc) where day is not null;
  alter table a.child enable row level security;
  alter table a.child force row level security;
  create policy own on a.child for select to samaan_app using (parent = (select current_setting('samaan.user', true))::uuid);
  create function a.touch() returns trigger language plpgsql as $$ begin return new; end $$;
  revoke all on function a.touch() from public;
  create trigger touched before update on a.child for each row execute function a.touch();
  create view a.seen with (security_invoker = true) as select id, made from a.child;
  comment on table a.child is 'It''s a child';
  grant usage on schema a to samaan_app;
  grant select, insert on a.child to samaan_app;
  grant update (day) on a.child to samaan_app;
  grant select on a.seen to samaan_jobs`

test('every kind of object is in the dump', async () => {
  const text = await made(DEFINITION, dumpSchema)
  for (const line of [
    "create type a.mood as enum ('calm', 'worried');",
    "create domain a.iso as text constraint iso_check CHECK ((VALUE ~ '^[A-Z]{3}$'::text));",
    'create sequence a.counter as integer increment 1 minvalue 1 maxvalue 2147483647 start 5 cache 1;',
    "  mood a.mood not null default 'calm'::a.mood,",
    '  id bigint not null generated always as identity,',
    '  "odd name" text collate "C" not null,',
    '  doubled integer generated always as ((2 * length("odd name"))) stored,',
    '  constraint child_pkey PRIMARY KEY (id),',
    '  constraint child_parent_fkey FOREIGN KEY (parent) REFERENCES a.parent(id) ON DELETE CASCADE',
    'CREATE INDEX child_parent ON a.child USING btree (parent, made DESC) WHERE (day IS NOT NULL);',
    'alter table a.child enable row level security;',
    'alter table a.child force row level security;',
    'CREATE TRIGGER touched BEFORE UPDATE ON a.child FOR EACH ROW EXECUTE FUNCTION a.touch();',
    'create view a.seen with (security_invoker=true) as',
    "comment on table a.child is 'It''s a child';",
    'grant usage on schema a to samaan_app;',
    'grant insert, select, update (day) on table a.child to samaan_app;',
    'grant select on table a.seen to samaan_jobs;',
  ]) {
    assert.ok(text.includes(`\n${line}\n`), `${line}\n--- is not in ---\n${text}`)
  }
  assert.match(text, /create policy own on a\.child\n {2}for select\n {2}to samaan_app\n {2}using \(/)
  assert.doesNotMatch(text, /to public/)
})

test('the dump does not depend on the order in which things were made', async () => {
  const one = 'create schema z; create schema a; create table z.b (x int, y int); create table a.t (x int);'
  const grants = [
    'grant select on a.t to samaan_app;',
    'grant insert on a.t to samaan_app;',
    'grant select on a.t to samaan_jobs;',
  ]
  const index = ['create index i1 on z.b (x);', 'create index i2 on z.b (y);']
  const first = await made(one + grants.join('') + index.join(''), dumpSchema)
  const other = 'create schema a; create table a.t (x int); create schema z; create table z.b (x int, y int);'
  const second = await made(other + index.reverse().join('') + grants.reverse().join(''), dumpSchema)
  assert.equal(first, second)
})

test('each difference of definition shows', async () => {
  const plain = await made(DEFINITION, dumpSchema)
  for (const change of [
    'alter table a.child no force row level security',
    'alter policy own on a.child using (true)',
    'grant execute on function a.touch() to public',
    'alter view a.seen set (security_invoker = false)',
    'alter table a.child alter tags drop default',
    'drop index a.child_parent',
    'alter table a.child disable trigger touched',
    'grant delete on a.child to samaan_app',
  ]) {
    assert.notEqual(await made(`${DEFINITION}; ${change}`, dumpSchema), plain, change)
  }
})

test("the queue's schema and what extensions bring stay out", async () => {
  const sql = 'create schema pgboss; create table pgboss.job (id int); create extension pg_trgm schema public'
  const text = await made(sql, dumpSchema)
  assert.doesNotMatch(text, /pgboss|similarity/)
  assert.match(text, /create extension pg_trgm schema public;/)
})

test('columns become the types that the driver gives', async () => {
  const source = await made(DEFINITION, tablesSource)
  assert.match(source, /^\/\/ Generated.*\nimport type \{ Generated, GeneratedAlways \} from 'kysely'\n/)
  assert.ok(
    source.includes(`export interface AChild {
  id: GeneratedAlways<number>
  parent: string | null
  'odd name': string
  doubled: GeneratedAlways<number | null>
  tags: Generated<string[]>
  data: unknown
  made: Generated<Date>
  day: string | null
  sealed: Buffer
  price: string | null
  moods: ('calm' | 'worried')[] | null
}`),
    source,
  )
  assert.ok(source.includes("  mood: Generated<'calm' | 'worried'>\n  country: string\n"), source)
  assert.ok(
    source.includes("export interface Tables {\n  'a.child': AChild\n  'a.parent': AParent\n  'a.seen': ASeen\n"),
    source,
  )
})

test('the real migrations are described', async () => {
  const url = await createTemplate(cluster.urls.owner, 'real')
  assert.match(await dumpSchema(url), /\ncreate table platform\.migration \(\n/)
  assert.match(await tablesSource(url), /\n {2}'platform\.migration': PlatformMigration\n/)
})
