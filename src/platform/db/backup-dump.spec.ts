import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { generateIdentity } from '#platform/crypto/sealed-file.ts'
import { backup } from './backup.ts'
import { restore } from './backup-restore.ts'
import { removeCluster, startCluster } from './cluster.ts'
import { serverUser } from './cluster-user.ts'

// The programs of a PostgreSQL that the system itself has, newest last.
const shelf = '/usr/lib/postgresql'
const bin = existsSync(shelf)
  ? readdirSync(shelf)
      .sort((a, b) => Number(a) - Number(b))
      .map(version => join(shelf, version, 'bin'))
      .findLast(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_restore')))
  : undefined

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** A server of the system's own in `folder`; ended when `work` is over. */
async function withServer(folder: string, work: (url: (role: string, database: string) => string) => Promise<void>) {
  const user = serverUser()
  const as = user.switch ? { uid: user.uid, gid: user.gid, cwd: '/' } : {}
  chmodSync(folder, 0o755)
  const data = join(folder, 'server')
  await mkdir(data, { mode: 0o700 })
  if (user.switch) chownSync(data, user.uid, user.gid)
  execFileSync(join(bin!, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '-N'], {
    ...as,
    stdio: 'ignore',
  })
  const port = 20_000 + (process.pid % 30_000)
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const server = spawn(join(bin!, 'postgres'), ['-D', data, ...settings.flatMap(one => ['-c', one])], {
    ...as,
    stdio: 'ignore',
  })
  const url = (role: string, database: string) => `postgres://${role}:secret@127.0.0.1:${port}/${database}`
  try {
    for (let turn = 0; ; turn++) {
      if (await query(url('postgres', 'postgres'), 'select 1').catch(() => undefined)) break
      if (turn > 200) throw new Error('the server did not start')
      await pause(50)
    }
    await work(url)
  } finally {
    const ended = new Promise(resolve => server.once('exit', resolve))
    server.kill('SIGINT')
    await ended
  }
}

const skip = bin ? false : 'this machine has no PostgreSQL of its own'

test('another server is dumped and restored by its own tools', { skip }, async () => {
  const before = process.env.PATH
  const base = await mkdtemp(join(tmpdir(), 'samaan-other-'))
  const { identity, recipient } = await generateIdentity()
  const data = join(base, 'data')
  await mkdir(join(data, 'keys'), { recursive: true })
  await writeFile(join(data, 'keys', 'root.key'), 'a key')
  process.env.PATH = `${bin}${delimiter}${before}`
  try {
    await withServer(base, async url => {
      await query(
        url('postgres', 'postgres'),
        `create role samaan_owner login createdb bypassrls; create role samaan_app login; create role samaan_jobs login;
         create role samaan_dump login bypassrls; grant pg_read_all_data to samaan_dump`,
      )
      await query(url('postgres', 'postgres'), 'create database samaan owner samaan_owner')
      await query(url('postgres', 'postgres'), 'create database second owner samaan_owner')
      await query(
        url('samaan_owner', 'samaan'),
        `create schema a; create table a.kept (id int primary key, word text);
         insert into a.kept select i, repeat(md5(i::text), 10) from generate_series(1, 30000) i;
         alter table a.kept enable row level security; alter table a.kept force row level security;
         create policy own on a.kept to samaan_app using (id < 10);
         grant usage on schema a to samaan_app; grant select on a.kept to samaan_app`,
      )
      const options = { dataFolder: data, to: [recipient], out: join(base, 'other.age') }
      const files = await backup({ ...options, database: { dump: url('samaan_dump', 'samaan') } })
      const from = { from: files.data, keysFrom: files.keys, by: [identity] }

      const taken = { ...from, into: join(base, 'taken'), database: { owner: url('samaan_owner', 'samaan') } }
      await assert.rejects(restore(taken), /is not empty/)

      const bytes = await readFile(files.data)
      const cut = join(base, 'cut.age')
      await writeFile(cut, bytes.subarray(0, bytes.length - 1))
      const second = { owner: url('samaan_owner', 'second') }
      const into = join(base, 'back')
      await assert.rejects(restore({ ...from, from: cut, into, database: second }), { code: 'unreadable' })
      assert.deepEqual(await query(second.owner, "select 1 from pg_namespace where nspname = 'a'"), [])

      await restore({ ...from, into, database: second })
      const count = 'select count(*)::int as n from a.kept'
      assert.deepEqual(await query(second.owner, count), [{ n: 30000 }])
      assert.deepEqual(await query(url('samaan_app', 'second'), count), [{ n: 9 }])
      assert.equal(await readFile(join(into, 'keys', 'root.key'), 'utf8'), 'a key')
      assert.deepEqual(await readdir(into), ['keys'])

      // Moving to the embedded server, which has no tools of its own.
      const moved = join(base, 'moved')
      await restore({ ...from, into: moved })
      const cluster = await startCluster({ folder: join(moved, 'postgres'), settings: { shared_buffers: '16MB' } })
      try {
        assert.equal(cluster.started, 'started')
        assert.deepEqual(await query(cluster.urls.owner, count), [{ n: 30000 }])
        assert.deepEqual(await query(cluster.urls.app, count), [{ n: 9 }])
      } finally {
        await removeCluster(join(moved, 'postgres'))
      }
    })
  } finally {
    process.env.PATH = before
    await rm(base, { recursive: true, force: true })
  }
})

test('where the tools are missing the error says what to install', async () => {
  const before = process.env.PATH
  const base = await mkdtemp(join(tmpdir(), 'samaan-other-'))
  await mkdir(join(base, 'keys'))
  await writeFile(join(base, 'keys', 'root.key'), 'a key')
  const { recipient } = await generateIdentity()
  process.env.PATH = base
  try {
    const database = { dump: 'postgres://samaan_dump:secret-password@127.0.0.1:1/samaan' }
    const making = backup({ database, dataFolder: base, out: join(base, 'b.age'), to: [recipient] })
    await assert.rejects(making, error => {
      assert.match(String(error), /pg_dump is not installed: install/)
      assert.doesNotMatch(String(error), /secret-password/)
      return true
    })
    process.env.PATH = before
    assert.deepEqual((await readdir(base)).sort(), ['keys'])
  } finally {
    process.env.PATH = before
    await rm(base, { recursive: true, force: true })
  }
})
