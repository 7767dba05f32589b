import assert from 'node:assert/strict'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { generateIdentity, openFile } from '#platform/crypto/sealed-file.ts'
import { type BackupFiles, backup } from './backup.ts'
import { restore } from './backup-restore.ts'
import { type Cluster, removeCluster, startCluster } from './cluster.ts'

const settings = { shared_buffers: '16MB' }
const ROW = 'canary-row-5502'
const KEY = 'canary-key-5503'
const POINT = 'canary-checkpoint-5504'
const FILE = 'canary-file-5505'
let base: string
let data: string
let cluster: Cluster
let files: BackupFiles
let acknowledgedBefore: number
let acknowledged = 0
const told: string[] = []
const mine = await generateIdentity()
const other = await generateIdentity()

async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as T[]
  } finally {
    await client.end()
  }
}

/** Inserts numbered rows, one transaction each, until told to stop. */
async function writer(no: number, going: () => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.urls.owner })
  await client.connect()
  while (going()) {
    await client.query('insert into kept (writer, word) values ($1, $2)', [no, ROW])
    acknowledged += 1
  }
  await client.end()
}

before(async () => {
  base = await mkdtemp(join(tmpdir(), 'samaan-backup-'))
  data = join(base, 'data')
  cluster = await startCluster({ folder: join(data, 'postgres'), settings })
  await query(
    cluster.urls.owner,
    `create table kept (id bigint generated always as identity primary key, writer int, word text);
     create table bulk as select i, repeat(md5(i::text), 20) as filler from generate_series(1, 20000) i`,
  )
  for (const folder of ['keys', 'checkpoints', 'uploads/ab']) await mkdir(join(data, folder), { recursive: true })
  await writeFile(join(data, 'keys', 'root.key'), KEY, { mode: 0o600 })
  await writeFile(join(data, 'keys', 'slots.bin'), Buffer.alloc(5 * 1024 * 1024, KEY))
  await writeFile(join(data, 'checkpoints', 'log'), POINT)
  await writeFile(join(data, 'uploads', 'ab', 'one'), FILE)
  await writeFile(join(data, 'uploads', 'nothing'), '')

  let going = true
  const writers = [1, 2, 3, 4].map(no => writer(no, () => going))
  while (acknowledged < 200) await new Promise(resolve => setImmediate(resolve))
  acknowledgedBefore = acknowledged
  files = await backup({
    ...{ database: cluster, dataFolder: data, out: join(base, 'night.age'), to: [mine.recipient] },
    log: line => told.push(line),
  })
  going = false
  await Promise.all(writers)
})

after(async () => {
  await removeCluster(join(data, 'postgres'))
  for (const name of await readdir(base)) await removeCluster(join(base, name, 'postgres'))
  await rm(base, { recursive: true, force: true })
})

async function opened(file: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await openFile(createReadStream(file), [mine.identity])) pieces.push(piece as Buffer)
  return gunzipSync(Buffer.concat(pieces))
}

test('a backup taken under writes is restored with every row that was acknowledged before it began', async () => {
  assert.ok(acknowledged > acknowledgedBefore, 'rows were written while the backup ran')
  const into = join(base, 'restored')
  const result = await restore({ from: files.data, keysFrom: files.keys, into, by: [mine.identity] })
  assert.ok(result.at < result.keysAt)
  assert.deepEqual((await readdir(into)).sort(), ['checkpoints', 'keys', 'postgres', 'uploads'])
  const again = await startCluster({ folder: join(into, 'postgres'), settings })
  try {
    assert.equal(again.started, 'started', 'it was left stopped, in order')
    assert.notEqual(again.data, cluster.data)
    // Each writer's rows are there without a gap up to the backup's end, because each waited for its last one.
    const [rows] = await query<{ count: number; bulk: number }>(
      again.urls.owner,
      'select count(*)::int as count, (select count(*)::int from bulk) as bulk from kept',
    )
    assert.ok(rows!.count >= acknowledgedBefore && rows!.count <= acknowledged, `${rows!.count} rows`)
    assert.equal(rows!.bulk, 20000)
    const whole = await query(again.urls.super, 'select from pg_index where not indisvalid')
    assert.equal(whole.length, 0)
    await query(
      again.urls.super,
      'create extension amcheck; select bt_index_check(c.oid, true) from pg_class c where relname = $$kept_pkey$$',
    )
    await query(again.urls.owner, "insert into kept (writer, word) values (9, 'new')")
    await assert.rejects(query(again.urls.app, 'select * from public.kept'), { code: '42501' })
    // New passwords: those of the original do not open the copy.
    assert.notEqual(new URL(again.urls.super).password, new URL(cluster.urls.super).password)
  } finally {
    await again.stop()
  }
})

test('keys, checkpoints and files come back as they were', async () => {
  const into = join(base, 'restored')
  for (const path of ['keys/root.key', 'keys/slots.bin', 'checkpoints/log', 'uploads/ab/one', 'uploads/nothing']) {
    assert.ok((await readFile(join(into, path))).equals(await readFile(join(data, path))), path)
  }
  assert.equal((await stat(join(into, 'keys', 'root.key'))).mode & 0o777, 0o600)
  assert.equal((await stat(join(into, 'keys'))).mode & 0o777, 0o700)
})

test('the files show nothing without an identity, and the first holds no key even when it is open', async () => {
  for (const file of [files.data, files.keys]) {
    const bytes = await readFile(file)
    for (const canary of [ROW, KEY, POINT, FILE]) assert.ok(!bytes.includes(canary), canary)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
  }
  const first = await opened(files.data)
  for (const canary of [ROW, FILE]) assert.ok(first.includes(canary), `the search would find ${canary}`)
  for (const canary of [KEY, POINT]) assert.ok(!first.includes(canary), canary)
  const second = await opened(files.keys)
  for (const canary of [KEY, POINT]) assert.ok(second.includes(canary), canary)
  for (const canary of [ROW, FILE]) assert.ok(!second.includes(canary), canary)
  // Nor do the server's passwords travel.
  assert.ok(!first.includes(new URL(cluster.urls.owner).password))
})

test('the archive is an ordinary tar with a manifest of sizes and hashes', async () => {
  const tar = await opened(files.keys)
  assert.equal(tar.toString('latin1', 257, 262), 'ustar')
  const from = tar.lastIndexOf('{\n "piece"')
  const manifest = JSON.parse(tar.subarray(from, tar.indexOf(0, from)).toString('utf8'))
  const slots = manifest.files.find((file: { path: string }) => file.path === 'keys/slots.bin')
  assert.equal(slots.size, 5 * 1024 * 1024)
  assert.equal(slots.sha256.length, 2)
})

test('another identity, a changed file and a cut file are refused and leave nothing', async () => {
  const into = join(base, 'refused')
  const options = { from: files.data, keysFrom: files.keys, into }
  await assert.rejects(restore({ ...options, by: [other.identity] }), { code: 'unreadable' })
  await assert.rejects(restore({ ...options, by: [mine.identity], from: files.keys, keysFrom: files.data }), /swapped/)
  const bytes = await readFile(files.data)
  const bad = join(base, 'bad.age')
  const changed = Buffer.from(bytes)
  changed[Math.floor(bytes.length / 2)]! ^= 1
  for (const content of [changed, bytes.subarray(0, bytes.length - 70_000), bytes.subarray(0, 40)]) {
    await writeFile(bad, content)
    await assert.rejects(restore({ ...options, from: bad, by: [mine.identity] }), { code: 'unreadable' })
  }
  await assert.rejects(restore({ ...options, from: join(base, 'absent.age'), by: [mine.identity] }), { code: 'ENOENT' })
  assert.deepEqual(
    (await readdir(base)).filter(name => name.startsWith('refused')),
    [],
  )
})

test('a folder with something in it is not restored into, and no backup is overwritten', async () => {
  await assert.rejects(
    restore({ from: files.data, keysFrom: files.keys, into: data, by: [mine.identity] }),
    /is not empty/,
  )
  const options = { database: cluster, dataFolder: data, to: [mine.recipient] }
  await assert.rejects(backup({ ...options, out: files.data }), /is there already/)
})

test('a backup that fails leaves no file, no slot and no backup mode behind', async () => {
  const out = join(base, 'failed.age')
  const options = { database: cluster, dataFolder: data, out }
  await assert.rejects(backup({ ...options, to: [mine.recipient], keysTo: ['age1nobody'] }))
  await assert.rejects(backup({ ...options, to: [mine.recipient], dataFolder: base }), /root\.key/)
  for (const step of ['files', 'keys']) {
    const log = (line: string) => {
      if (line === step) throw new Error(`stopped at ${step}`)
    }
    await assert.rejects(backup({ ...options, to: [mine.recipient], log }), new RegExp(`stopped at ${step}`))
  }
  assert.deepEqual(
    (await readdir(base)).filter(name => name.startsWith('failed')),
    [],
  )
  assert.deepEqual(await query(cluster.urls.super, 'select slot_name from pg_replication_slots'), [])
})

test('a backup into a folder inside of the data folder does not swallow itself', async () => {
  const folder = join(data, 'backups')
  await mkdir(folder)
  const made = await backup({ database: cluster, dataFolder: data, out: folder, to: [mine.recipient] })
  assert.match(made.data, /backups\/samaan-\d{4}-[\dTZ-]+\.age$/)
  assert.equal(existsSync(made.keys), true)
  assert.ok(!(await opened(made.data)).includes('files/backups'))
})

test('a long step tells how far it is', () => {
  assert.ok(
    told.some(line => /^database: \d+ MB/.test(line)),
    told.join('\n'),
  )
})
