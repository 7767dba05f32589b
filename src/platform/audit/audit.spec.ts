import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { Keys } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Cluster, removeCluster, startCluster } from '#platform/db/cluster.ts'
import { AuditError, type AuditErrorCode } from './audit-error.ts'
import { keepCheckpoint, latestKept } from './checkpoint-log.ts'
import { makeEvent } from './make.ts'
import { signCheckpoint } from './note.ts'
import { inclusionProof, rootAt, verifyInclusion } from './proof.ts'
import { eventInsert } from './record.ts'
import { sequence } from './sequencer.ts'
import { findLeaf, readTiles } from './store.ts'
import { leafHash, readerOf } from './tree.ts'
import { auditVerdict } from './verify.ts'

const origin = 'audit.xy.samaan'
const someone = uuidv7()
const caseId = uuidv7()
let base: string
let cluster: Cluster
let keys: Keys
let owner: pg.Client
let app: pg.Client
let jobs: pg.Client
let folder: string
let count = 0

const connect = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  // Events are written in the name of whoever the request is.
  await client.query(`select set_config('samaan.user', $1, false)`, [someone])
  return client
}

before(async () => {
  base = mkdtempSync(join(tmpdir(), 'samaan-audit-'))
  await chmod(base, 0o755)
  cluster = await startCluster({ folder: join(base, 'postgres'), settings: { shared_buffers: '16MB', fsync: 'off' } })
  keys = await Keys.open(join(base, 'keys'), { create: true })
  owner = await connect(cluster.urls.super)
  const migrator = await connect(cluster.urls.owner)
  await migrator.query(readFileSync(new URL('../../../db/migrations/0002-audit.sql', import.meta.url), 'utf8'))
  await migrator.end()
  app = await connect(cluster.urls.app)
  jobs = await connect(cluster.urls.jobs)
})

after(async () => {
  for (const client of [owner, app, jobs]) await client?.end()
  await cluster?.stop()
  await removeCluster(join(base, 'postgres'))
  rmSync(base, { recursive: true, force: true })
})

beforeEach(async () => {
  await owner.query('truncate audit.event, audit.tile, audit.checkpoint')
  folder = join(base, `kept-${++count}`)
})

async function write(n: number, client: pg.Client = app): Promise<void> {
  await client.query('begin')
  for (let i = 0; i < n; i++) {
    const { text, values } = eventInsert(makeEvent({ actor: someone, case: caseId }))
    await client.query(text, values)
  }
  await client.query('commit')
}

const number = () => sequence(jobs, keys, { origin, folder })
const verify = (from = folder) =>
  auditVerdict(jobs, { checkpointFolder: from, publicKey: keys.auditKey().publicKey, origin })
const is = (code: AuditErrorCode) => (error: unknown) => error instanceof AuditError && error.code === code

/** Writes and numbers a log of 20 checkpoints over 700 events: over the border of two tiles. */
async function log700(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await write(35)
    assert.equal(await number(), 35)
  }
}

test('an empty audit is in order', async () => {
  assert.equal(await number(), 0)
  const { ok, size, unsequenced } = await verify()
  assert.deepEqual({ ok, size, unsequenced }, { ok: true, size: 0, unsequenced: 0 })
})

test('events are numbered, signed, kept outside and verified; what waits is counted', async () => {
  await log700()
  await write(3)
  const verdict = await verify()
  assert.deepEqual(
    { ...verdict, root: undefined },
    { ok: true, size: 700, root: undefined, anchored: 700, unsequenced: 3 },
  )
  const { rows } = await owner.query('select note, root from audit.checkpoint where size = 700')
  assert.equal(verdict.root, rows[0].root.toString('hex'))
  assert.equal(latestKept(folder), rows[0].note)
  assert.equal(await number(), 3)
  assert.equal((await verify()).size, 703)
})

test('any event can be proved to stand in the tree', async () => {
  await log700()
  const { rows } = await owner.query('select id from audit.event where leaf_no = 300')
  const found = (await findLeaf(jobs, rows[0].id))!
  const read = readerOf(async (level, no) => (await readTiles(jobs, [{ level, no }]))[0]!.hashes)
  const proof = await inclusionProof(found.leaf, 700, read)
  assert.ok(verifyInclusion(300, 700, leafHash(found.body), proof, await rootAt(700, read)))
})

test('a transaction that began earlier and committed later is numbered too', async () => {
  const slow = await connect(cluster.urls.app)
  await slow.query('begin')
  const late = eventInsert(makeEvent({ actor: someone, case: caseId }))
  await slow.query(late.text, late.values)
  await write(5)
  assert.equal(await number(), 5)
  await slow.query('commit')
  await slow.end()
  assert.equal(await number(), 1)
  assert.deepEqual([(await verify()).ok, (await verify()).size], [true, 6])
})

test('an event of a transaction that was undone leaves no trace', async () => {
  const undone = eventInsert(makeEvent({ actor: someone, case: caseId }))
  await app.query('begin')
  await app.query(undone.text, undone.values)
  await app.query('rollback')
  assert.equal(await number(), 0)
})

test('several sequencers at once number each event once', async () => {
  const others = await Promise.all([1, 2, 3].map(() => connect(cluster.urls.jobs)))
  await write(200)
  const counts = await Promise.all(others.map(client => sequence(client, keys, { origin, folder })))
  assert.deepEqual(counts.sort(), [0, 0, 200])
  const stop = { now: false }
  const writing = (async () => {
    for (let i = 0; i < 15; i++) await write(20)
    stop.now = true
  })()
  const numbering = others.map(async client => {
    while (!stop.now) await sequence(client, keys, { origin, folder })
  })
  await Promise.all([writing, ...numbering])
  await number()
  const { ok, size } = await verify()
  assert.deepEqual({ ok, size }, { ok: true, size: 500 })
  for (const client of others) await client.end()
})

test('a checkpoint that a crash kept from the file is written the next time', async () => {
  await write(5)
  await number()
  cpSync(folder, `${folder}-before`, { recursive: true })
  await write(5)
  await number()
  rmSync(folder, { recursive: true })
  cpSync(`${folder}-before`, folder, { recursive: true })
  const verdict = await verify()
  assert.deepEqual([verdict.ok, verdict.size, verdict.anchored], [true, 10, 5])
  assert.equal(await number(), 0)
  assert.equal((await verify()).anchored, 10)
})

test('the app can add events and nothing else; the sequencer can number each once and nothing else', async () => {
  await write(2)
  await number()
  const refused = (client: pg.Client, sql: string) => assert.rejects(client.query(sql), { code: '42501' }, sql)
  for (const sql of [
    'select 1 from audit.event',
    'delete from audit.event',
    "update audit.event set body = ''",
    'update audit.event set leaf_no = null',
    "insert into audit.event (id, at, operation, body, leaf_no) values (gen_random_uuid(), now(), 'x', '{}', 9)",
    "insert into audit.event (id, at, operation, body, xid) values (gen_random_uuid(), now(), 'x', '{}', '1')",
    'select 1 from audit.tile',
    'select 1 from audit.checkpoint',
    'truncate audit.event',
  ]) {
    await refused(app, sql)
  }
  for (const sql of [
    'delete from audit.event',
    "update audit.event set body = ''",
    'delete from audit.checkpoint',
    "update audit.checkpoint set note = ''",
    'delete from audit.tile',
  ]) {
    await refused(jobs, sql)
  }
  const again = await jobs.query('update audit.event set leaf_no = leaf_no + 100')
  assert.equal(again.rowCount, 0)
  const { rows } = await owner.query(
    `select bool_and(relrowsecurity and relforcerowsecurity) as fenced, count(*)::int as n
     from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'r'`,
  )
  assert.deepEqual(rows[0], { fenced: true, n: 3 })
})

/** Undoes a change after it was looked at, so that one log serves many changes. */
async function changed(sql: string | string[], look: () => Promise<void>): Promise<void> {
  const tables = ['event', 'tile', 'checkpoint']
  for (const table of tables)
    await owner.query(`create table if not exists public.was_${table} as table audit.${table}`)
  try {
    for (const one of [sql].flat()) await owner.query(one)
    await look()
  } finally {
    for (const table of tables) {
      await owner.query(`truncate audit.${table}; insert into audit.${table} table public.was_${table}`)
      await owner.query(`drop table public.was_${table}`)
    }
  }
}

const expectBad = async (leaf: number | undefined, why: string | RegExp) => {
  const { ok, firstBad } = await verify()
  assert.equal(ok, false)
  if (leaf !== undefined) assert.equal(firstBad?.leaf, leaf)
  assert.match(firstBad!.why, new RegExp(`^(?:${typeof why === 'string' ? why : why.source})$`))
  return firstBad!
}

test('each way of changing the past is found, and the first bad event is named', async () => {
  await log700()
  const idOf = async (leaf: number) =>
    (await owner.query('select id from audit.event where leaf_no = $1', [leaf])).rows[0]?.id as string
  const named = await idOf(123)
  const edit = "update audit.event set body = replace(body, 'assistance', 'assistence') where leaf_no = 123"
  await changed(edit, async () => assert.equal((await expectBad(123, 'changed')).id, named))
  // Nothing that stands there keeps the look from coming to its end.
  for (const body of ['null', '"text"', '[]', '{}', 'not JSON', `replace(body, '"at"', '"bt"')`]) {
    const text = body.startsWith('replace') ? body : `'${body}'`
    await changed(`update audit.event set body = ${text} where leaf_no = 123`, async () => {
      assert.equal((await expectBad(123, 'changed|columns')).id, named)
    })
  }
  for (const column of [
    "at = at + interval '1 microsecond'",
    'case_id = null',
    'actor_id = gen_random_uuid()',
    "operation = 'cases.list'",
  ]) {
    await changed(`update audit.event set ${column} where leaf_no = 123`, async () => {
      assert.equal((await expectBad(123, 'columns')).id, named)
    })
  }
  await changed('delete from audit.event where leaf_no = 123', async () => void (await expectBad(123, 'missing')))
  await changed(
    [
      'update audit.event set leaf_no = -leaf_no - 1000 where leaf_no > 122',
      'update audit.event set leaf_no = -leaf_no - 1000 + 1 where leaf_no < 0',
      `insert into audit.event (id, at, operation, body, leaf_no)
       select gen_random_uuid(), at, operation, body, 123 from audit.event where leaf_no = 5`,
    ].map(sql =>
      sql.startsWith('update') ? `alter table audit.event drop constraint if exists event_leaf_no_check; ${sql}` : sql,
    ),
    async () => void (await expectBad(123, 'changed')),
  )
  await changed(
    [
      'update audit.event set leaf_no = 9999 where leaf_no = 123',
      'update audit.event set leaf_no = 123 where leaf_no = 500',
      'update audit.event set leaf_no = 500 where leaf_no = 9999',
    ],
    async () => void (await expectBad(123, 'changed')),
  )
  await changed(
    ['delete from audit.event where leaf_no >= 690'],
    async () => void (await expectBad(690, 'rolled-back')),
  )
  await changed('update audit.event set leaf_no = null where leaf_no >= 690', async () => {
    await expectBad(690, 'rolled-back')
  })
})

test('an event changed together with its tile is found at the next checkpoint', async () => {
  await log700()
  const { rows } = await owner.query('select body from audit.event where leaf_no = 123')
  const body = rows[0].body.replace('assistance', 'assistence')
  await changed(
    [
      `update audit.event set body = '${body}' where leaf_no = 123`,
      `update audit.tile set hashes = overlay(hashes placing '\\x${leafHash(body).toString('hex')}'::bytea from ${123 * 32 + 1})
       where level = 0 and no = 0`,
    ],
    async () => void (await expectBad(105, 'root')),
  )
})

test('a changed tile or checkpoint is told apart from a changed event', async () => {
  await log700()
  const flip = (level: number, at: number) =>
    `update audit.tile set hashes = set_byte(hashes, ${at}, get_byte(hashes, ${at}) # 1) where level = ${level} and no = 0`
  await changed(flip(0, 123 * 32 + 4), async () => void (await expectBad(123, 'tile')))
  await changed(flip(1, 33), async () => void (await expectBad(undefined, 'tile')))
  await changed("update audit.checkpoint set note = replace(note, '350', '351') where size = 350", async () => {
    await expectBad(undefined, 'checkpoint')
  })
})

test('a database put back to yesterday shows against the checkpoints outside, also with its own tables in order', async () => {
  await log700()
  await changed(atTheFirst350, async () => {
    const elsewhere = join(base, 'nothing-kept')
    assert.equal((await verify(elsewhere)).firstBad?.why, 'no-checkpoint')
    await expectBad(350, 'rolled-back')
    await write(400)
    await assert.rejects(number(), is('rolled-back'))
  })
})

test('a history made anew with the same length is refused by the sequencer and found', async () => {
  await log700()
  await owner.query('truncate audit.event, audit.tile, audit.checkpoint')
  const original = folder
  folder = join(base, 'forged')
  await log700()
  folder = original
  await expectBad(0, 'root')
  await write(1)
  await assert.rejects(number(), is('forked'))
})

test('numbered events that no checkpoint covers are found', async () => {
  await log700()
  const { text, values } = eventInsert(makeEvent({ actor: someone, case: caseId }))
  await owner.query(text, values)
  await owner.query('update audit.event set leaf_no = 700 where leaf_no is null')
  await expectBad(700, 'unsigned|changed')
})

test('a checkpoint outside that another key signed is found, and nothing is signed after it', async () => {
  await log700()
  const other = await Keys.open(join(base, 'other-keys'), { create: true })
  keepCheckpoint(folder, signCheckpoint({ origin, size: 700, root: leafHash('') }, other.auditKey()))
  await expectBad(undefined, 'checkpoint')
  await assert.rejects(number(), is('unsigned'))
})

test('the sequencer signs nothing on damaged tiles', async () => {
  await write(10)
  await number()
  await owner.query('update audit.tile set hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1)')
  await write(1)
  await assert.rejects(number(), is('damaged'))
  await owner.query('delete from audit.tile')
  await assert.rejects(number(), is('damaged'))
})

/** The tables as they were after the first 350 of 700 events. */
const atTheFirst350 = [
  'delete from audit.event where leaf_no >= 350',
  'delete from audit.checkpoint where size > 350',
  'delete from audit.tile where level = 0 and no = 2',
  'update audit.tile set hashes = substr(hashes, 1, 94 * 32) where level = 0 and no = 1',
  'update audit.tile set hashes = substr(hashes, 1, 32) where level = 1',
]
const bodyByte = (leaf: number, place: number) =>
  `update audit.event set body = overlay(body placing chr(ascii(substr(body, ${place + 1}, 1)) # 1) from ${place + 1} for 1)
   where leaf_no = ${leaf}`
/** Everything from one leaf on moves up by one, and an event that never was stands in between. */
const inserted = (leaf: number) => [
  'alter table audit.event drop constraint if exists event_leaf_no_check',
  `update audit.event set leaf_no = -leaf_no - 1000 where leaf_no >= ${leaf}`,
  'update audit.event set leaf_no = -leaf_no - 1000 + 1 where leaf_no < 0',
  `insert into audit.event (id, at, case_id, actor_id, operation, body, leaf_no)
   select gen_random_uuid(), at, case_id, actor_id, operation, body, ${leaf} from audit.event
   where leaf_no = ${leaf === 0 ? 1 : 0}`,
]
const swapped = (a: number, b: number) => [
  `update audit.event set leaf_no = 9999 where leaf_no = ${a}`,
  `update audit.event set leaf_no = ${a} where leaf_no = ${b}`,
  `update audit.event set leaf_no = ${b} where leaf_no = 9999`,
]
const tamperings = {
  byte: { sql: (a: number, _b: number, place: number) => [bodyByte(a, place)], bad: (a: number) => a },
  deleted: { sql: (a: number) => [`delete from audit.event where leaf_no = ${a}`], bad: (a: number) => a },
  inserted: { sql: inserted, bad: (a: number) => a },
  copied: {
    sql: (a: number, b: number) => [
      `update audit.event e set body = o.body from audit.event o where e.leaf_no = ${a} and o.leaf_no = ${b}`,
    ],
    bad: (a: number) => a,
  },
  swapped: { sql: swapped, bad: (a: number, b: number) => Math.min(a, b) },
  truncated: { sql: (a: number) => [`delete from audit.event where leaf_no >= ${a}`], bad: (a: number) => a },
  'rolled-back': { sql: () => atTheFirst350, bad: () => 350 },
  tile: {
    sql: (a: number, _b: number, place: number) => [
      `update audit.tile set hashes = set_byte(hashes, ${(a % 188) * 32 + (place % 32)}, get_byte(hashes, ${(a % 188) * 32 + (place % 32)}) # 1)
       where level = 0 and no = ${Math.min(2, Math.floor(a / 256))}`,
    ],
    bad: (a: number) => 256 * Math.min(2, Math.floor(a / 256)) + (a % 188),
  },
} as const
const full = process.env.SAMAAN_FULL === '1'

test(`${full ? '10,000' : 'some'} random tamperings of eight kinds are all found, and where they begin`, async t => {
  await log700()
  const found: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      fc.nat(699),
      fc.nat(698),
      fc.nat(300),
      fc.constantFrom(...(Object.keys(tamperings) as (keyof typeof tamperings)[])),
      async (a, n, place, kind) => {
        const b = (a + 1 + n) % 700
        const { sql, bad } = tamperings[kind]
        await changed([...sql(a, b, place)], async () => void (await expectBad(bad(a, b), '.*')))
        found[kind] = (found[kind] ?? 0) + 1
      },
    ),
    { numRuns: full ? 10_000 : 60, endOnFailure: full },
  )
  t.diagnostic(
    Object.entries(found)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
  )
  assert.equal((await verify()).ok, true)
})
