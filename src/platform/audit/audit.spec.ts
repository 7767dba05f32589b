import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import type pg from 'pg'
import { Keys } from '#platform/crypto/keys.ts'
import { atTheFirst350, caseId, openAuditLog, origin, someone } from '../../../tests/harness/audit-log.ts'
import { AuditError, type AuditErrorCode } from './audit-error.ts'
import { keepCheckpoint, latestKept } from './checkpoint-log.ts'
import { makeEvent } from './make.ts'
import { signCheckpoint } from './note.ts'
import { inclusionProof, rootAt, verifyInclusion } from './proof.ts'
import { eventInsert } from './record.ts'
import { sequence } from './sequencer.ts'
import { findLeaf, readTiles } from './store.ts'
import { leafHash, readerOf } from './tree.ts'

const log = await openAuditLog()
const { owner, app, jobs, keys, base, connect, write, number, verify, changed, expectBad } = log
after(log.stop)
beforeEach(log.fresh)

const is = (code: AuditErrorCode) => (error: unknown) => error instanceof AuditError && error.code === code

test('an empty audit is in order', async () => {
  assert.equal(await number(), 0)
  const { ok, size, unsequenced } = await verify()
  assert.deepEqual({ ok, size, unsequenced }, { ok: true, size: 0, unsequenced: 0 })
})

test('events are numbered, signed, kept outside and verified; what waits is counted', async () => {
  await log.of700()
  await write(3)
  const verdict = await verify()
  assert.deepEqual(
    { ...verdict, root: undefined },
    { ok: true, size: 700, root: undefined, anchored: 700, unsequenced: 3 },
  )
  const { rows } = await owner.query('select note, root from audit.checkpoint where size = 700')
  assert.equal(verdict.root, rows[0].root.toString('hex'))
  assert.equal(latestKept(log.folder), rows[0].note)
  assert.equal(await number(), 3)
  assert.equal((await verify()).size, 703)
})

test('any event can be proved to stand in the tree', async () => {
  await log.of700()
  const { rows } = await owner.query('select id from audit.event where leaf_no = 300')
  const found = (await findLeaf(jobs, rows[0].id))!
  const read = readerOf(async (level, no) => (await readTiles(jobs, [{ level, no }]))[0]!.hashes)
  const proof = await inclusionProof(found.leaf, 700, read)
  assert.ok(verifyInclusion(300, 700, leafHash(found.body), proof, await rootAt(700, read)))
})

test('a transaction that began earlier and committed later is numbered too', async () => {
  const slow = await connect(log.cluster.urls.app)
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
  const others = await Promise.all([1, 2, 3].map(() => connect(log.cluster.urls.jobs)))
  await write(200)
  const counts = await Promise.all(others.map(client => sequence(client, keys, { origin, folder: log.folder })))
  assert.deepEqual(counts.sort(), [0, 0, 200])
  const stop = { now: false }
  const writing = (async () => {
    for (let i = 0; i < 15; i++) await write(20)
    stop.now = true
  })()
  const numbering = others.map(async client => {
    while (!stop.now) await sequence(client, keys, { origin, folder: log.folder })
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
  cpSync(log.folder, `${log.folder}-before`, { recursive: true })
  await write(5)
  await number()
  rmSync(log.folder, { recursive: true })
  cpSync(`${log.folder}-before`, log.folder, { recursive: true })
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
    'select 1 from audit.concern',
    'delete from audit.concern',
    "update audit.concern set how = 'found'",
    "insert into audit.concern (event_id, case_id, how) values (gen_random_uuid(), gen_random_uuid(), 'tried')",
  ]) {
    await refused(app, sql)
  }
  // Nobody who is nobody says what concerns a case.
  await app.query(`begin; select set_config('samaan.user', '', true)`)
  await refused(
    app,
    "insert into audit.concern (event_id, case_id, how) values (gen_random_uuid(), gen_random_uuid(), 'found')",
  )
  await app.query('rollback')
  for (const sql of [
    'delete from audit.event',
    "update audit.event set body = ''",
    'delete from audit.checkpoint',
    "update audit.checkpoint set note = ''",
    'delete from audit.tile',
    'delete from audit.concern',
    "insert into audit.concern (event_id, case_id, how) values (gen_random_uuid(), gen_random_uuid(), 'found')",
  ]) {
    await refused(jobs, sql)
  }
  const again = await jobs.query('update audit.event set leaf_no = leaf_no + 100')
  assert.equal(again.rowCount, 0)
  const { rows } = await owner.query(
    `select bool_and(relrowsecurity and relforcerowsecurity) as fenced, count(*)::int as n
     from pg_class where relnamespace = 'audit'::regnamespace and relkind = 'r'`,
  )
  assert.deepEqual(rows[0], { fenced: true, n: 4 })
})

test('each way of changing the past is found, and the first bad event is named', async () => {
  await log.of700()
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

test('a case that an event concerns cannot be taken away, put in, changed or moved', async () => {
  await log.of700()
  const { rows } = await owner.query(
    `select e.id, e.leaf_no::int as leaf, count(n.case_id)::int as n from audit.event e
     left join audit.concern n on n.event_id = e.id where e.leaf_no > 100 group by e.id order by e.leaf_no`,
  )
  const several = rows.find(row => row.n > 1)
  const other = rows.find(row => row.n > 0 && row.leaf > several.leaf)
  const none = rows.find(row => row.n === 0)
  const of = `event_id = '${several.id}'`
  const least = `(select min(case_id::text)::uuid from audit.concern where ${of})`
  const bad = async (leaf: number, id: string) => assert.equal((await expectBad(leaf, 'concerns')).id, id)
  for (const sql of [
    `delete from audit.concern where ${of}`,
    `delete from audit.concern where ${of} and case_id = ${least}`,
    `update audit.concern set how = 'compared' where ${of} and case_id = ${least}`,
    `update audit.concern set case_id = gen_random_uuid() where ${of} and case_id = ${least}`,
    `insert into audit.concern (event_id, case_id, how) values ('${several.id}', gen_random_uuid(), 'found')`,
    `update audit.concern set event_id = '${other.id}' where ${of} and case_id = ${least}`,
  ])
    await changed(sql, () => bad(several.leaf, several.id))
  await changed(
    `insert into audit.concern (event_id, case_id, how) values ('${none.id}', gen_random_uuid(), 'found')`,
    () => bad(none.leaf, none.id),
  )
  // Of an event that there never was.
  await changed(
    `insert into audit.concern (event_id, case_id, how) values ('${caseId}', gen_random_uuid(), 'found')`,
    () => bad(700, caseId),
  )
  assert.equal((await verify()).ok, true)
})

test('an event changed together with its tile is found at the next checkpoint', async () => {
  await log.of700()
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
  await log.of700()
  const flip = (level: number, at: number) =>
    `update audit.tile set hashes = set_byte(hashes, ${at}, get_byte(hashes, ${at}) # 1) where level = ${level} and no = 0`
  await changed(flip(0, 123 * 32 + 4), async () => void (await expectBad(123, 'tile')))
  await changed(flip(1, 33), async () => void (await expectBad(undefined, 'tile')))
  await changed("update audit.checkpoint set note = replace(note, '350', '351') where size = 350", async () => {
    await expectBad(undefined, 'checkpoint')
  })
})

test('a database put back to yesterday shows against the checkpoints outside, also with its own tables in order', async () => {
  await log.of700()
  await changed(atTheFirst350, async () => {
    const elsewhere = join(base, 'nothing-kept')
    assert.equal((await verify(elsewhere)).firstBad?.why, 'no-checkpoint')
    await expectBad(350, 'rolled-back')
    await write(400)
    await assert.rejects(number(), is('rolled-back'))
  })
})

test('a history made anew with the same length is refused by the sequencer and found', async () => {
  await log.of700()
  await owner.query('truncate audit.event, audit.tile, audit.checkpoint')
  const original = log.folder
  log.folder = join(base, 'forged')
  await log.of700()
  log.folder = original
  await expectBad(0, 'root')
  await write(1)
  await assert.rejects(number(), is('forked'))
})

test('numbered events that no checkpoint covers are found', async () => {
  await log.of700()
  const { text, values } = eventInsert(makeEvent({ actor: someone, case: caseId }))
  await owner.query(text, values)
  await owner.query('update audit.event set leaf_no = 700 where leaf_no is null')
  await expectBad(700, 'unsigned|changed')
})

test('a checkpoint outside that another key signed is found, and nothing is signed after it', async () => {
  await log.of700()
  const other = await Keys.open(join(base, 'other-keys'), { create: true })
  keepCheckpoint(log.folder, signCheckpoint({ origin, size: 700, root: leafHash('') }, other.auditKey()))
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
