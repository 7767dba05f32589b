import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction } from '#platform/db/context.ts'
import { asDevice, sealedFor, sendAll, stateOf, tus } from '#platform/files/make.ts'
import { filed } from '#platform/files/server/claims.ts'
import { hashOfCopy, writeCopy } from '#platform/files/server/copies.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import { sweepFiles } from '#platform/files/server/sweep.ts'
import { openedCase } from '../../../../../tests/harness/make.ts'
import { cases } from '../../contract.ts'
import { bodyOf, openStage } from './make.ts'

const stage = await openStage()
const {
  harness,
  scanner,
  truth,
  marisol,
  dalia,
  phone,
  assign,

  itemOf,
  attach,
  download,
  settled,
  copiesOnDisk,
} = stage
after(stage.stop)

test('erased, the case’s key closes every copy, whoever has disk, database and the root key', async () => {
  const own = await openedCase(harness)
  await assign(own)
  const file = await sealedFor(harness, await photograph('x'))
  const id = uuidv7()
  await marisol.call(cases.attach, { params: { case: own }, body: bodyOf(file, { id }) })
  await sendAll(asDevice(harness, phone), file)
  const get = () => dalia.fetch(`/api/cases/${own}/attachments/${id}/original`)
  assert.equal((await get()).status, 200)
  const { rows } = await truth.query('select key_slot from cases.folder where id = $1', [own])
  await harness.services.keys.erase(Number(rows[0].key_slot))
  const log = console.error
  console.error = () => {}
  try {
    assert.equal((await get()).status, 500)
  } finally {
    console.error = log
  }
})

test('a copy that was changed or changed places on the disk is not passed off as the one that was kept', async () => {
  const [one, two] = [await sealedFor(harness, pdf('one')), await sealedFor(harness, pdf('two'))]
  const [first, second] = [await attach(marisol, one), await attach(marisol, two)]
  await sendAll(asDevice(harness, phone), one)
  await sendAll(asDevice(harness, phone), two)
  const pathOf = async (id: string) => {
    const { rows } = await truth.query('select original_file as f from cases.attachment where id = $1', [id])
    const name = rows[0].f as string
    return join(harness.services.config.dataFolder, 'attachments', name.slice(-2), `${name}.age`)
  }
  const [a, b] = [await pathOf(first.id), await pathOf(second.id)]
  const log = console.error
  console.error = () => {}
  try {
    const kept = await readFile(a)
    await writeFile(a, await readFile(b))
    assert.equal((await download(dalia, first.id, 'original')).status, 500)
    const changed = Buffer.from(kept)
    changed[changed.length - 1]! ^= 1
    await writeFile(a, changed)
    assert.equal((await download(dalia, first.id, 'original')).status, 500)
    await writeFile(a, kept)
  } finally {
    console.error = log
  }
  assert.equal((await download(dalia, first.id, 'original')).status, 200)
})

async function scannerThat(answer: () => string): Promise<Server> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', piece => {
      if (piece.subarray(-4).equals(Buffer.alloc(4))) socket.end(answer())
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scanner.address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return server
}

test('with a scanner nothing is filed before it has looked: away, it waits; infected, it stays closed for a person', async () => {
  let said = ''
  const server = await scannerThat(() => said)
  try {
    const file = await sealedFor(harness, pdf('looked at'))
    const { id } = await attach(marisol, file)
    const last = await sendAll(asDevice(harness, phone), file)
    assert.equal(stateOf(last), 'held')
    assert.equal((await itemOf(id)).code, 'scanner-away')
    assert.equal((await download(dalia, id, 'original')).status, 404)
    said = 'stream: OK\0'
    await settled(file)
    const found = await itemOf(id)
    assert.equal(found.state, 'ready')
    assert.equal(found.scanned, true)
    said = 'stream: Eicar FOUND\0'
    const bad = await sealedFor(harness, pdf('infected'))
    const held = await attach(marisol, bad)
    assert.equal(stateOf(await sendAll(asDevice(harness, phone), bad)), 'held')
    assert.equal((await itemOf(held.id)).code, 'infected')
    said = 'stream: OK\0'
    await settled(bad)
    assert.equal((await itemOf(held.id)).state, 'quarantined')
  } finally {
    server.close()
    scanner.address = undefined
  }
})

test('what a crash left on the disk is removed in time, and what is kept is not', async () => {
  const { dataFolder } = harness.services.config
  const recipient = (await tus(marisol.fetch).send('OPTIONS', '/api/files')).headers.get('upload-recipient')!
  const file = await sealedFor(harness, await photograph('x'))
  const { id } = await attach(marisol, file)
  await sendAll(asDevice(harness, phone), file)
  const stray = await writeCopy(dataFolder, Buffer.from('never filed'), recipient)
  const before = (await copiesOnDisk()).length
  const sweep = (now: Date) => inTransaction(jobs, undefined, tx => sweepFiles(harness.services, tx, now))
  const jobs = new pg.Pool({ connectionString: harness.database.url('jobs'), max: 1 })
  try {
    await sweep(new Date())
    assert.equal((await copiesOnDisk()).length, before, 'it may be about to be filed')
    await sweep(new Date(Date.now() + 2 * 24 * 3_600_000))
  } finally {
    await jobs.end()
  }
  assert.equal((await copiesOnDisk()).length, before - 1)
  await assert.rejects(hashOfCopy(dataFolder, stray.id))
  for (const copy of ['original', 'clean']) assert.equal((await download(dalia, id, copy)).status, 200)
})

test('what was planted in names, reasons and files stands nowhere in the database, on the disk or in the log', async () => {
  const canary = 'Wendolinequarry'
  const said: string[] = []
  const log = console.error
  console.error = (...all: unknown[]) => {
    said.push(all.map(String).join(' '))
  }
  try {
    for (const plain of [pdf(canary), await photograph(canary), Buffer.from(canary)]) {
      const file = await sealedFor(harness, plain)
      await attach(marisol, file, { name: `${canary}.pdf`, purpose: 'person', reason: `because ${canary}` })
      await sendAll(asDevice(harness, phone), file)
    }
  } finally {
    console.error = log
  }
  const { rows } = await truth.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const hex = Buffer.from(canary).toString('hex')
  for (const { name } of rows) {
    const found = await truth.query(`select 1 from ${name} t where t::text ilike $1 or t::text ilike $2`, [
      `%${canary}%`,
      `%${hex}%`,
    ])
    assert.equal(found.rowCount, 0, name)
  }
  const disk = await copiesOnDisk()
  assert.ok(disk.length > 4)
  assert.ok(disk.every(one => !one.includes(canary)))
  assert.ok(said.every(one => !one.includes(canary)))
})

test('many files at once are filed one after another, and memory stays bounded', async t => {
  const plain = Buffer.concat([pdf('large'), Buffer.alloc(8 << 20, 1)])
  const files = await Promise.all(
    Array.from({ length: 6 }, (_, at) => sealedFor(harness, Buffer.concat([plain, Buffer.of(at)]))),
  )
  for (const file of files) await attach(marisol, file)
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const ends = await Promise.all(files.map(file => sendAll(asDevice(harness, phone), file, 2 << 20)))
  await filed(harness.services)
  t.diagnostic(`${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MB more for six files of 8 MB`)
  for (const one of ends) assert.ok(['kept', 'whole'].includes(stateOf(one)!), String(one.status))
  for (const file of files) assert.equal(stateOf(await tus(asDevice(harness, phone)).create(file)), 'kept')
  assert.equal(
    (await truth.query(`select 1 from cases.attachment where state = 'ready' and size > 8000000`)).rowCount,
    6,
  )
})
