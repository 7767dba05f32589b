import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, removeCluster, startCluster } from './cluster.ts'
import { readPostmaster, serverProcesses } from './cluster-processes.ts'
import { serverUser } from './cluster-user.ts'

const settings = { shared_buffers: '16MB' }
const root = process.getuid?.() === 0
let base: string
let folder: string
let cluster: Cluster

async function rows<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    const answer = await client.query(sql)
    return answer.rows as T[]
  } finally {
    await client.end()
  }
}

const restart = async (): Promise<string> => {
  cluster = await startCluster({ folder, settings })
  return cluster.started
}

before(async () => {
  base = await mkdtemp(join(tmpdir(), 'samaan-cluster-'))
  await chmod(base, 0o755)
  folder = join(base, 'data', 'postgres')
  assert.equal(await restart(), 'created')
  await rows(cluster.urls.owner, 'create table kept (word text not null)')
  await rows(cluster.urls.owner, "insert into kept values ('first')")
})

after(async () => {
  await removeCluster(folder)
  await rm(base, { recursive: true, force: true })
})

test('the application roles own nothing, are no superusers and obey row-level security', async () => {
  const roles = await rows(
    cluster.urls.super,
    `select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,
       (select count(*)::int from pg_shdepend where refobjid = r.oid and deptype = 'o') as owns
     from pg_roles r where rolname like 'samaan%' order by 1`,
  )
  const none = { rolsuper: false, rolcreaterole: false, rolreplication: false }
  assert.deepEqual(
    roles.map(role => ({ ...(role as object), owns: undefined })),
    [
      { rolname: 'samaan_app', ...none, rolbypassrls: false, rolcreatedb: false, owns: undefined },
      { rolname: 'samaan_dump', ...none, rolbypassrls: true, rolcreatedb: false, owns: undefined },
      { rolname: 'samaan_jobs', ...none, rolbypassrls: false, rolcreatedb: false, owns: undefined },
      { rolname: 'samaan_owner', ...none, rolbypassrls: true, rolcreatedb: true, owns: undefined },
    ],
  )
  const owns = (roles as { rolname: string; owns: number }[]).filter(role => role.owns > 0).map(role => role.rolname)
  assert.deepEqual(owns, ['samaan_owner'])
})

test('the app role cannot create, nor read what was not granted, nor enter another database', async () => {
  await assert.rejects(rows(cluster.urls.app, 'create table public.mine (a int)'), { code: '42501' })
  await assert.rejects(rows(cluster.urls.app, 'create temporary table mine (a int)'), { code: '42501' })
  await assert.rejects(rows(cluster.urls.app, 'select word from public.kept'), { code: '42501' })
  await assert.rejects(rows(cluster.url('app', 'postgres'), 'select 1'), { code: '42501' })
  await assert.rejects(rows(cluster.urls.dump, "insert into kept values ('x')"), { code: '42501' })
  await assert.rejects(rows(cluster.urls.app.replace(/:[^:@]+@/, ':guess@'), 'select 1'), { code: '28P01' })
})

test('the server is durable, keeps checksums, has the built-in locale and bounds the app role', async () => {
  const [is] = await rows<Record<string, string>>(
    cluster.urls.app,
    `select current_setting('fsync') fsync, current_setting('synchronous_commit') commit,
       current_setting('data_checksums') sums, current_setting('jit') jit, current_setting('timezone') zone,
       current_setting('statement_timeout') statement, current_setting('lock_timeout') lock,
       current_setting('idle_in_transaction_session_timeout') idle,
       (select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) locale,
       upper('ñandú') word`,
  )
  assert.deepEqual(is, {
    ...{ fsync: 'on', commit: 'on', sums: 'on', jit: 'off', zone: 'UTC', statement: '15s', lock: '5s', idle: '10s' },
    ...{ locale: 'b C.UTF-8', word: 'ÑANDÚ' },
  })
})

test('the server listens on the loopback address only', async () => {
  const others = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  for (const { address, family, internal } of others) {
    if (internal || family !== 'IPv4') continue
    const open = await new Promise<boolean>(resolve => {
      const socket = connect({ host: address, port: cluster.port, timeout: 1000 })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('timeout', () => resolve(false))
    })
    assert.equal(open, false, address)
  }
  assert.deepEqual(await rows(cluster.urls.super, 'show listen_addresses'), [{ listen_addresses: '127.0.0.1' }])
})

test('the passwords and the data are closed to everybody else', async () => {
  assert.equal((await stat(join(cluster.home, 'secrets.json'))).mode & 0o777, 0o600)
  const data = await stat(cluster.data)
  assert.equal(data.mode & 0o777, 0o700)
  assert.notEqual(data.uid, 0)
})

test('the log of the server holds no statement, parameter, row or message of a failed statement', async () => {
  const client = new pg.Client({ connectionString: cluster.urls.owner })
  await client.connect()
  await client.query('create table secretive (word text unique)')
  await client.query("insert into secretive values ('canary-7141')")
  await assert.rejects(client.query("insert into secretive values ('canary-7141')"))
  await assert.rejects(client.query('insert into secretive values ($1::int)', ['canary-7142']))
  await client.query("do $$ begin raise log 'canary-7143'; raise warning 'canary-7144'; end $$")
  await client.end()
  await assert.rejects(rows(cluster.urls.app.replace(/:[^:@]+@/, ':wrong@'), 'select 1'))
  const log = await readFile(join(cluster.home, 'server.log'), 'utf8')
  assert.match(log, /password authentication failed/, 'the log is the one that was written')
  assert.doesNotMatch(log, /canary/)
})

test('a start finds a running server of the folder and adopts it', async () => {
  const second = await startCluster({ folder, settings })
  assert.equal(second.started, 'adopted')
  assert.equal(second.port, cluster.port)
  assert.deepEqual(await rows(second.urls.owner, 'select word from kept'), [{ word: 'first' }])
})

test('after a stop a start keeps the data', async () => {
  await cluster.stop()
  await cluster.stop()
  assert.deepEqual(serverProcesses(cluster.data, serverUser(cluster.data)), [])
  assert.equal(await restart(), 'started')
  assert.deepEqual(await rows(cluster.urls.owner, 'select word from kept'), [{ word: 'first' }])
})

test('after the server was killed amid work a start ends what is left of it and recovers', async () => {
  await rows(cluster.urls.owner, "insert into kept values ('second')")
  const busy = new pg.Client({ connectionString: cluster.urls.owner })
  busy.on('error', () => {})
  await busy.connect()
  await busy.query("begin; insert into kept values ('never committed')")
  const spinning = busy.query('do $$ declare x bigint := 0; begin loop x := x + 1; end loop; end $$').catch(() => {})
  await pause(50)
  const { pid } = readPostmaster(cluster.data)!
  process.kill(pid, 'SIGKILL')
  const user = serverUser(cluster.data)
  const left = serverProcesses(cluster.data, user).filter(other => other !== pid)
  assert.ok(left.length > 0, 'a backend outlived the server')
  // Somebody who only looks at the folder is no part of the server.
  const onlooker = spawn('sleep', ['30'], { cwd: cluster.data, stdio: 'ignore' })
  try {
    assert.equal(await restart(), 'recovered')
    await spinning
    assert.equal(onlooker.exitCode ?? onlooker.signalCode, null)
  } finally {
    onlooker.kill()
  }
  assert.deepEqual(await rows(cluster.urls.owner, 'select word from kept'), [{ word: 'first' }, { word: 'second' }])
  const now = serverProcesses(cluster.data, user)
  assert.deepEqual(
    left.filter(old => now.includes(old)),
    [],
  )
})

test('a process number in postmaster.pid that is now somebody else is not harmed and does not hinder', async () => {
  const file = join(cluster.data, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  await cluster.stop()
  const { uid, gid } = await stat(cluster.data)
  const stranger = spawn('sleep', ['30'], { stdio: 'ignore', cwd: '/', ...(root ? { uid, gid } : {}) })
  try {
    await writeFile(file, text.replace(/^\d+/, String(stranger.pid)))
    if (root) await chown(file, uid, gid)
    assert.equal(await restart(), 'recovered')
    assert.equal(stranger.exitCode ?? stranger.signalCode, null)
  } finally {
    stranger.kill()
  }
})

test('passwords that were lost are made anew, whether the server runs or not', async () => {
  for (const running of [true, false]) {
    if (!running) await cluster.stop()
    const old = cluster.urls.app
    await rm(join(cluster.home, 'secrets.json'))
    await restart()
    assert.deepEqual(await rows(cluster.urls.app, 'select 1 as one'), [{ one: 1 }])
    const stale = old.replace(/:\d+\//, `:${cluster.port}/`)
    assert.notEqual(stale, cluster.urls.app)
    await assert.rejects(rows(stale, 'select 1'), { code: '28P01' })
  }
})

test('two starts at once make one cluster', async () => {
  const shared = join(base, 'at-once')
  try {
    const both = await Promise.all([
      startCluster({ folder: shared, settings }),
      startCluster({ folder: shared, settings }),
    ])
    assert.deepEqual(both.map(one => one.started).sort(), ['adopted', 'created'])
    assert.equal(both[0].urls.app, both[1].urls.app)
  } finally {
    await removeCluster(shared)
  }
})

test('under a folder that only root may enter the data go elsewhere and are found again', { skip: !root }, async () => {
  const closed = join(base, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const wished = join(closed, 'data', 'postgres')
  let home = ''
  try {
    const first = await startCluster({ folder: wished, settings })
    home = first.home
    assert.equal(first.started, 'created')
    assert.ok(!first.data.startsWith(closed))
    await rows(first.urls.owner, 'create table here (a int); insert into here values (7)')
    await first.stop()

    const again = await startCluster({ folder: wished, settings })
    assert.equal(again.started, 'started')
    assert.deepEqual(await rows(again.urls.owner, 'select a from here'), [{ a: 7 }])
    await again.stop()

    const copy = join(closed, 'copy')
    await cp(wished, copy, { recursive: true })
    await assert.rejects(startCluster({ folder: copy, settings }), /is a copy of/)

    await rm(join(home, 'data'), { recursive: true })
    await rm(home, { recursive: true })
    await assert.rejects(startCluster({ folder: wished, settings }), /which is gone/)
  } finally {
    await removeCluster(wished)
    if (home) await rm(home, { recursive: true, force: true })
  }
})

test('an ordinary user runs a cluster of their own', { skip: !root }, async t => {
  const own = join(base, 'ordinary')
  await mkdir(own)
  const nobody = 65534
  await chown(own, nobody, nobody)
  const script = `
    import { removeCluster, startCluster } from ${JSON.stringify(new URL('./cluster.ts', import.meta.url).href)}
    const folder = ${JSON.stringify(join(own, 'postgres'))}
    const cluster = await startCluster({ folder, settings: { shared_buffers: '16MB' } })
    console.log(cluster.started, cluster.data)
    await removeCluster(folder)`
  const ran = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    ...{ uid: nobody, gid: nobody, cwd: own, env: { PATH: process.env.PATH }, encoding: 'utf8' },
  })
  const unreachable = (ran.error as { code?: string } | undefined)?.code === 'EACCES'
  if (unreachable || /ERR_MODULE_NOT_FOUND|EACCES/.test(ran.stderr))
    return t.skip('this installation lies where only root may look')
  assert.equal(ran.stdout.trim(), `created ${join(own, 'postgres', 'data')}`, ran.stderr)
})
