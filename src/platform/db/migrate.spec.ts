import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { type Cluster, removeCluster, startCluster } from './cluster.ts'
import { cloneDatabase, createTemplate, dropDatabase, migrate } from './migrate.ts'

let base: string
let cluster: Cluster
let turn = 0
let url: string
let folder: string

async function rows(at: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: at })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const write = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)

before(async () => {
  base = await mkdtemp(join(tmpdir(), 'samaan-migrate-'))
  cluster = await startCluster({ folder: join(base, 'postgres'), settings: { shared_buffers: '16MB', fsync: 'off' } })
  await createTemplate(cluster.urls.owner, 'empty', { folder: base })
})

after(async () => {
  await removeCluster(join(base, 'postgres'))
  await rm(base, { recursive: true, force: true })
})

beforeEach(async () => {
  turn += 1
  folder = join(base, `migrations-${turn}`)
  await mkdir(folder)
  url = await cloneDatabase(cluster.urls.owner, 'empty', `try_${turn}`)
})

test('files are applied in order, once, and told back', async () => {
  await write('0002-second.sql', 'insert into words.word values (2)')
  await write(
    '0001-first.sql',
    'create schema words; create table words.word (no int); insert into words.word values (1)',
  )
  const told: string[] = []
  const applied = await migrate(url, folder, { log: line => told.push(line) })
  assert.deepEqual(applied, ['0001-first.sql', '0002-second.sql'])
  assert.equal(told.length, 2)
  await write('0003-third.sql', 'insert into words.word values (3)')
  assert.deepEqual(await migrate(url, folder), ['0003-third.sql'])
  assert.deepEqual(await migrate(url, folder), [])
  assert.deepEqual(await rows(url, 'select no from words.word order by no'), [{ no: 1 }, { no: 2 }, { no: 3 }])
  assert.deepEqual(await rows(url, 'select no, name, length(sha256) as hex from platform.migration order by no'), [
    { no: 1, name: 'first', hex: 64 },
    { no: 2, name: 'second', hex: 64 },
    { no: 3, name: 'third', hex: 64 },
  ])
})

test('a migration that fails leaves nothing behind and names its file and line', async () => {
  await write('0001-first.sql', 'create table public.kept (a int)')
  await write('0002-bad.sql', 'create table public.half (a int);\ncreate table public.half2 (a nonsense);')
  await assert.rejects(migrate(url, folder), /^Error: 0002-bad\.sql line 2: .*nonsense.*42704/)
  const left = await rows(url, "select relname from pg_class where relname in ('kept', 'half')")
  assert.deepEqual(left, [{ relname: 'kept' }])
})

test('an error about data does not quote them', async () => {
  await write('0001-first.sql', "create table public.a (word text); insert into public.a values ('canary')")
  await write('0002-bad.sql', 'alter table public.a alter word type int using word::int')
  await assert.rejects(migrate(url, folder), error => {
    assert.match(String(error), /0002-bad\.sql.*22P02/)
    assert.doesNotMatch(String(error), /canary/)
    return true
  })
})

test('a changed, a missing or an overtaken migration is refused by name', async () => {
  await write('0001-first.sql', 'select 1')
  await write('0003-third.sql', 'select 3')
  await migrate(url, folder)
  await write('0001-first.sql', 'select 11')
  await assert.rejects(migrate(url, folder), /0001-first\.sql was changed/)
  await write('0001-first.sql', 'select 1')
  await write('0002-late.sql', 'select 2')
  await assert.rejects(migrate(url, folder), /0002-late\.sql comes before/)
  await rm(join(folder, '0002-late.sql'))
  await rm(join(folder, '0003-third.sql'))
  await assert.rejects(migrate(url, folder), /migration 3 \(third\)/)
})

test('the same text with other line ends is the same migration', async () => {
  await write('0001-first.sql', 'select 1;\nselect 2;\n')
  await migrate(url, folder)
  await write('0001-first.sql', 'select 1;\r\nselect 2;\r\n')
  assert.deepEqual(await migrate(url, folder), [])
})

test('a badly named file, a number used twice and a file that commits are refused', async () => {
  await write('1-first.sql', 'select 1')
  await assert.rejects(migrate(url, folder), /1-first\.sql/)
  await rm(join(folder, '1-first.sql'))
  await write('0001-a.sql', 'select 1')
  await write('0001-b.sql', 'select 1')
  await assert.rejects(migrate(url, folder), /0001-b\.sql/)
  await rm(join(folder, '0001-b.sql'))
  await write('0001-a.sql', 'select 1;\ncommit;\nselect 2')
  await assert.rejects(migrate(url, folder), /0001-a\.sql ends its transaction/)
})

test('two at once apply each migration once', async () => {
  for (let no = 1; no <= 5; no++) {
    await write(`000${no}-step.sql`, `create table public.t${no} (a int); select pg_sleep(0.02)`)
  }
  const both = await Promise.all([migrate(url, folder), migrate(url, folder)])
  assert.equal(both.flat().length, 5)
  assert.equal(new Set(both.flat()).size, 5)
})

test('the ledger is closed to the application', async () => {
  await migrate(url, folder)
  await assert.rejects(rows(cluster.url('app', `try_${turn}`), 'select * from platform.migration'), { code: '42501' })
  const secured = 'select relrowsecurity r, relforcerowsecurity f from pg_class where relname = $$migration$$'
  assert.deepEqual(await rows(url, secured), [{ r: true, f: true }])
})

test('a clone is a copy of its template that belongs to the owner and is open to the roles only', async () => {
  await write('0001-first.sql', 'create table public.a (n int); insert into public.a values (5)')
  await createTemplate(cluster.urls.owner, 'pattern', { folder })
  const clones = await Promise.all(['c1', 'c2', 'c3'].map(name => cloneDatabase(cluster.urls.super, 'pattern', name)))
  await rows(clones[0]!, 'update public.a set n = 6')
  assert.deepEqual(await rows(clones[1]!, 'select n from public.a'), [{ n: 5 }])
  const right = "has_database_privilege('public', datname, 'connect') open, pg_get_userbyid(datdba) owner"
  assert.deepEqual(await rows(clones[2]!, `select ${right} from pg_database where datname = 'c3'`), [
    { open: false, owner: 'samaan_owner' },
  ])
  assert.deepEqual(await rows(cluster.url('app', 'c2'), 'select 1 as one'), [{ one: 1 }])
  for (const name of ['c1', 'c2', 'c3', 'pattern']) await dropDatabase(cluster.urls.owner, name)
  await assert.rejects(cloneDatabase(cluster.urls.owner, 'empty', 'Drop"x'), /Not a database name/)
})
