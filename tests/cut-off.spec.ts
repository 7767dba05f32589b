import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { uuidv7 } from '#platform/crypto/random.ts'
import { staffApp } from '#platform/http/app.ts'
import { type Harness, type Persona, startHarness } from './harness/harness.ts'
import { screeningBody } from './harness/make.ts'

let harness: Harness
let marisol: Persona
let server: Server
let port: number
let client: pg.Client
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  client = new pg.Client({ connectionString: harness.database.url('super') })
  await client.connect()
  const app = staffApp(harness.services, harness.bindings, 'no-build', 'test')
  server = createServer(getRequestListener(app.fetch))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
after(async () => {
  await new Promise(resolve => {
    server.close(resolve)
    server.closeAllConnections()
  })
  await client.end()
  await harness.stop()
})

const count = async (text: string): Promise<number> => Number((await client.query(text)).rows[0].count)
const inTransaction = () =>
  count(
    `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  )

/** Sends the beginning of a request and goes away without a word; `share` of the body is sent before. */
async function cutOff(share: number, chunked: boolean): Promise<void> {
  const body = JSON.stringify(screeningBody({ story: 'x'.repeat(9000) }))
  const head = [
    'POST /api/screenings HTTP/1.1',
    `host: localhost:${port}`,
    `cookie: ${marisol.cookie}`,
    'content-type: application/json',
    `idempotency-key: ${uuidv7()}`,
    chunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`,
  ].join('\r\n')
  const part = body.slice(0, Math.floor(body.length * share))
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise<void>(resolve => socket.once('connect', () => resolve()))
  const sent = chunked ? `${(part.length + 50).toString(16)}\r\n${part}` : part
  await new Promise<void>(resolve => socket.write(`${head}\r\n\r\n${sent}`, () => resolve()))
  // Some go at once, some let the server begin to read.
  if (share > 0.5) await pause(10)
  if (chunked) socket.destroy()
  else socket.resetAndDestroy()
}

const request = () =>
  fetch(`http://127.0.0.1:${port}/api/screenings`, {
    method: 'POST',
    headers: { cookie: marisol.cookie, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify(screeningBody()),
  })

test('two hundred uploads are cut off in mid-body; a hundred requests after them are all answered', async t => {
  assert.equal((await request()).status, 200)
  const stored = await count('select count(*) from screening.screening')
  for (let batch = 0; batch < 10; batch += 1)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => cutOff([0, 0.3, 0.6, 0.999][index % 4]!, index % 5 === 0)),
    )
  assert.equal(await inTransaction(), 0)
  const answers = await Promise.all(Array.from({ length: 100 }, request))
  assert.deepEqual([...new Set(answers.map(one => one.status))], [200])
  await Promise.all(answers.map(one => one.arrayBuffer()))
  assert.equal(await inTransaction(), 0)
  assert.equal(
    await count('select count(*) from screening.screening'),
    stored + 100,
    'only what was sent whole is stored',
  )
  assert.equal(harness.services.pool.waitingCount, 0)
  assert.equal(harness.services.pool.idleCount, harness.services.pool.totalCount, 'every connection came back')
  t.diagnostic('200 cut off, 100 of 100 answered, 0 connections idle in transaction')
})

test('asking for the head of an export holds no connection', async () => {
  const tobias = await harness.as('tobias')
  const ask = (method: string) =>
    fetch(`http://127.0.0.1:${port}/api/cases/export.csv`, { method, headers: { cookie: tobias.cookie } })
  for (let i = 0; i < 5; i += 1) {
    const head = await ask('HEAD')
    assert.equal(head.status, 200)
    assert.match(head.headers.get('content-type') ?? '', /^text\/csv/)
  }
  assert.equal((await (await ask('GET')).text()).split('\r\n')[0]?.split(',')[0], 'reference')
  assert.equal(harness.services.exportPool.idleCount, harness.services.exportPool.totalCount)
  assert.equal(await inTransaction(), 0)
})

test('a connection that the database ends is no end of the program', async () => {
  for (const pool of [harness.services.pool, harness.services.exportPool]) {
    const held = await pool.connect()
    const { rows } = await held.query('begin; select pg_backend_pid() as pid').then(all => [all].flat().at(-1)!)
    await client.query('select pg_terminate_backend($1)', [rows[0].pid])
    // Long enough for the news to arrive while nobody waits for an answer.
    await pause(100)
    await assert.rejects(held.query('select 1'))
    held.release(true)
  }
  assert.equal((await request()).status, 200)
})

test('a connection left in a transaction would be seen', async () => {
  const left = await harness.services.pool.connect()
  await left.query('begin; select 1')
  assert.equal(await inTransaction(), 1)
  await left.query('rollback')
  left.release()
})
