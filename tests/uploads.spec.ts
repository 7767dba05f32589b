import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import pg from 'pg'
import { cases } from '#capabilities/cases/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster } from '#platform/db/cluster.ts'
import { asSealed, placeOf, tus } from '#platform/files/make.ts'
import { staffApp } from '#platform/http/app.ts'
import { credentialHeader, sync } from '#platform/sync/contract.ts'
import { newPhone, type Phone } from '#platform/sync/make.ts'
import { fileTransportBy } from '../src/staff/offline/files-over-http.ts'
import { makeClock, makePorts, phrase, start } from '../src/staff/offline/make.ts'
import { transportBy } from '../src/staff/offline/over-http.ts'
import { openPhone } from '../src/staff/offline/phone.ts'
import { type App, signIn, startApp } from './crash/app.ts'
import { type Harness, startHarness } from './harness/harness.ts'
import { screeningBody } from './harness/make.ts'
import { twoPorts } from './harness/ports.ts'

const full = process.env.SAMAAN_FULL === '1'
let harness: Harness
let phone: Phone
let server: Server
let port: number
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  phone = await newPhone(await harness.as('marisol'))
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  server = createServer(getRequestListener(staffApp(harness.services, harness.bindings, 'no-build', 'test').fetch))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
after(async () => {
  await new Promise(resolve => {
    server.close(resolve)
    server.closeAllConnections()
  })
  await truth.end()
  await harness.stop()
})

const overNetwork = (path: string, init: RequestInit = {}) => {
  const headers = new Headers(init.headers)
  headers.set('authorization', credentialHeader(phone.id, phone.credential))
  return fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
}
const inTransaction = async () =>
  Number(
    (
      await truth.query(
        `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      )
    ).rows[0].count,
  )

/** A piece over a bare socket that breaks off after so many bytes. */
async function breakOff(place: string, offset: number, bytes: Buffer, after: number): Promise<void> {
  const head = [
    `PATCH ${place} HTTP/1.1`,
    `host: localhost:${port}`,
    `authorization: ${credentialHeader(phone.id, phone.credential)}`,
    'tus-resumable: 1.0.0',
    'content-type: application/offset+octet-stream',
    `upload-offset: ${offset}`,
    `content-length: ${bytes.length}`,
  ].join('\r\n')
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise<void>(resolve => socket.once('connect', () => resolve()))
  socket.write(`${head}\r\n\r\n`)
  await new Promise<void>(resolve => socket.write(bytes.subarray(0, after), () => resolve()))
  // What has not been read when a connection ends is lost with it: wait until it was.
  const part = join(harness.services.config.dataFolder, 'uploads', `${place.split('/').at(-1)}.part`)
  for (let tries = 0; tries < 2000; tries++) {
    const size = await stat(part).then(
      one => one.size,
      () => 0,
    )
    if (size >= offset + after) break
    await pause(10)
  }
  if (offset % 8192 === 0) socket.resetAndDestroy()
  else socket.destroy()
}

test('connections that break off at every 4 KiB leave no transaction, and the file goes on from the byte it had', async t => {
  const file = asSealed(Buffer.alloc(128 * 1024, 3))
  const { create, ask, piece } = tus(overNetwork)
  const place = placeOf(await create(file))
  let at = 0
  let broken = 0
  while (at < file.bytes.length - 4096) {
    await breakOff(place, at, file.bytes.subarray(at), 4096)
    broken += 1
    let now = at
    // The server hears of the end a moment later; until then another writer is told to wait.
    for (let tries = 0; tries < 600 && now === at; tries++) {
      now = Number((await ask(place)).headers.get('upload-offset'))
      if (now === at) await pause(20)
    }
    assert.equal(await inTransaction(), 0)
    assert.equal(now, at + 4096)
    at = now
  }
  const last = await piece(place, at, file.bytes.subarray(at))
  assert.equal(last.headers.get('upload-state'), 'whole')
  assert.equal(harness.services.pool.idleCount, harness.services.pool.totalCount)
  t.diagnostic(`${broken} connections broken off`)
})

/** Of 200 pieces at once one is right; the others neither fill the server's memory nor are read to their end. */
async function manyAtOnce(
  t: TestContext,
  app: App,
  origin: string,
  device: { readonly id: string; readonly credential: string },
): Promise<void> {
  const authorised = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', credentialHeader(device.id, device.credential))
    return fetch(`${origin}${path}`, { ...init, headers })
  }
  const megabytes = async (what: string) => {
    const text = await readFile(`/proc/${app.child.pid}/status`, 'utf8').catch(() => '')
    return Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(text)?.[1] ?? 0) / 1024)
  }
  const before = await megabytes('VmRSS')
  const file = asSealed(Buffer.alloc(4 << 20, 7))
  const { create, ask, end, piece } = tus(authorised)
  const place = placeOf(await create(file))
  const counts = new Map<unknown, number>()
  await Promise.all(
    Array.from({ length: 200 }, async () => {
      const status = await piece(place, 0, file.bytes.subarray(0, 1 << 20)).then(
        one => one.status,
        // Refused before it was read to the end: the connection is closed under the sender.
        () => 'closed',
      )
      counts.set(status, (counts.get(status) ?? 0) + 1)
    }),
  )
  assert.equal(Number((await ask(place)).headers.get('upload-offset')), 1 << 20)
  assert.ok((counts.get(204) ?? 0) <= 1)
  for (const one of counts.keys()) assert.ok([204, 409, 423, 503, 'closed'].includes(one as never), String(one))
  assert.equal((await end(place)).status, 204)
  const [after, peak] = [await megabytes('VmRSS'), await megabytes('VmHWM')]
  assert.ok(peak < before + 300, `${before} MB before, ${peak} MB at most`)
  const said = [...counts].map(([status, count]) => `${count} × ${status}`).join(', ')
  t.diagnostic(`200 pieces of 1 MB at once: ${said}; server ${before} MB before, ${peak} MB at most, ${after} MB after`)
}

test('a server that is killed again and again between and in the middle of pieces keeps every byte that it confirmed', async t => {
  const data = await mkdtemp(join(tmpdir(), 'samaan-uploads-'))
  const ports = await twoPorts()
  let app = await startApp(data, ports)
  try {
    const origin = `http://127.0.0.1:${ports + 1}`
    const marisol = await signIn(ports, 'marisol')
    const made = screeningBody()
    await marisol.call(screening.record, { body: made, key: uuidv7() })
    const clock = makeClock()
    const pocket = await openPhone(makePorts(clock), { rounds: 10 })
    const publicKey = Buffer.from(await pocket.vault.create({ passphrase: phrase }, start)).toString('base64url')
    const id = uuidv7()
    const device = await marisol.call(sync.register, { body: { id, label: 'phone', publicKey }, key: uuidv7() })
    await pocket.enrol({ id, credential: device.credential, recipient: device.recipient, account: device.account })
    const bytes = new Uint8Array(3_000_000).map((_, at) => (at * 13) % 255)
    bytes.set(new TextEncoder().encode('%PDF-1.4\n'))
    const kept = await pocket.files.add({ bytes, name: 'paper.pdf', group: made.case })
    const body = {
      id: uuidv7(),
      file: kept.file,
      name: 'paper.pdf',
      purpose: 'document',
      compartment: 'SVC',
      original: true,
    }
    await pocket.outbox.add({
      operation: cases.attach.id,
      params: { case: made.case },
      body,
      assignment: device.assignment,
      purpose: 'identification',
      group: made.case,
    })
    pocket.vault.lock()
    await manyAtOnce(t, app, origin, device)
    let confirmed = 0
    let kills = 0
    let calls = 0
    const most = full ? 20 : 3
    const send = (async (path: string, init: RequestInit) => {
      calls += 1
      const patch = init.method === 'PATCH'
      const offset = Number((init.headers as Record<string, string> | undefined)?.['upload-offset'])
      if (patch) assert.ok(offset >= confirmed, 'what was confirmed is asked for again')
      const asked = fetch(`${origin}${path}`, init)
      // Looked at below; a server that dies meanwhile answers nobody.
      asked.catch(() => {})
      const now = patch && kills < most && calls % 3 === 0
      // Two of three between pieces; the third while one is on its way, which then waits for its writer's time to pass.
      const midway = now && kills % 3 === 1
      if (midway) {
        kills += 1
        await pause(4)
        await app.kill()
      }
      const answer = await asked
      if (patch && answer.ok) confirmed = Number(answer.headers.get('upload-offset'))
      if (now && !midway) {
        kills += 1
        await app.kill()
      }
      return answer
    }) as typeof fetch
    for (let round = 0; round < 20 * (most + 2); round++) {
      const sent = await pocket.sendFiles(fileTransportBy(send))
      await pocket.send(
        transportBy(((path: string, init: RequestInit) => fetch(`${origin}${path}`, init)) as typeof fetch),
      )
      if (sent.done === 1) break
      if (app.child.exitCode !== null || app.child.signalCode !== null) app = await startApp(data, ports)
      clock.pass(24 * 3_600_000)
      await pause(500)
    }
    assert.equal((await pocket.files.list())[0]!.state, 'done')
    assert.equal(kills, most)
    assert.deepEqual(await readdir(join(data, 'uploads')), [])
    t.diagnostic(`${kills} kills, ${calls} requests`)
    pocket.close()
  } finally {
    await app.stop()
    await removeCluster(join(data, 'postgres'))
    await rm(data, { recursive: true, force: true })
  }
})
