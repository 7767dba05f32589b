import assert from 'node:assert/strict'
import { readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { newPhone, type Phone } from '../../sync/make.ts'
import { mostSealedBytes } from '../contract.ts'
import {
  asDevice,
  asSealed,
  type Fetch,
  madeFile,
  offsetOf,
  placeOf,
  sealedFor,
  sendAll,
  stateOf,
  tus,
} from '../make.ts'
import { uploadsIn } from './folder.ts'

let harness: Harness
let marisol: Persona
let phone: Phone
let device: Fetch
let truth: pg.Client
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
  phone = await newPhone(marisol)
  device = asDevice(harness, phone)
  truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
})
after(async () => {
  await truth.end()
  await harness.stop()
})

const folder = () => join(harness.services.config.dataFolder, 'uploads')
const onDisk = (place: string) => readFile(join(folder(), `${place.split('/').at(-1)}.age`))
/** Ends what this test began, so that the next has its whole quota. */
const clear = async () => {
  await truth.query('delete from files.upload')
}

test('what the server can do is said to anybody, with whom files are sealed to', async () => {
  const response = await harness.fetch('/api/files', { method: 'OPTIONS' })
  assert.equal(response.status, 204)
  assert.equal(response.headers.get('tus-version'), '1.0.0')
  assert.equal(response.headers.get('tus-extension'), 'creation,expiration,checksum,termination')
  assert.equal(response.headers.get('tus-checksum-algorithm'), 'sha256')
  assert.equal(response.headers.get('tus-max-size'), String(mostSealedBytes))
  assert.equal(response.headers.get('upload-recipient'), phone.recipient)
})

test('a locked phone sends a file with its credential alone, and it lies whole and sealed on the disk', async () => {
  const file = await sealedFor(harness, Buffer.from('a paper with a name on it'))
  const last = await sendAll(device, file)
  assert.equal(last.status, 204)
  assert.equal(stateOf(last), 'whole')
  const place = placeOf(await tus(device).create(file))
  const bytes = await onDisk(place)
  assert.ok(bytes.equals(file.bytes))
  assert.ok(!bytes.includes('a paper with a name'))
  await clear()
})

test('a session of an officer sends as well; another site’s page does not', async () => {
  const file = madeFile(1000)
  assert.equal(stateOf(await sendAll(marisol.fetch, file, 400)), 'whole')
  const other = await tus(marisol.fetch).create(madeFile(10), { 'sec-fetch-site': 'cross-site' })
  assert.equal(other.status, 403)
  assert.equal((await tus(harness.fetch).create(madeFile(10))).status, 401)
  const ines = await harness.as('ines')
  assert.equal((await tus(ines.fetch).create(madeFile(10))).status, 404)
  await clear()
})

test('the same file again is the same upload, where it stands', async () => {
  const file = madeFile(9000)
  const { create, piece } = tus(device)
  const first = await create(file)
  assert.equal(first.status, 201)
  await piece(placeOf(first), 0, file.bytes.subarray(0, 5000))
  const again = await create(file)
  assert.equal(again.status, 200)
  assert.equal(placeOf(again), placeOf(first))
  assert.equal(offsetOf(again), 5000)
  // Announced with another length it is another thing under the same name.
  assert.equal((await create(file, { 'upload-length': '9001' })).status, 409)
  await clear()
})

test('cut at every 4 KiB, with and without checksums, it goes on from where it was and is whole', async t => {
  const file = madeFile(64 * 1024 + 17)
  const { create, piece, ask, end } = tus(device)
  let cuts = 0
  for (let cut = 4096; cut < file.bytes.length; cut += 4096)
    for (const checked of [true, false]) {
      const place = placeOf(await create(file))
      // The connection breaks after the cut: the body errors there.
      const broken = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(file.bytes.subarray(0, cut))
        },
        pull(controller) {
          controller.error(new Error('cut'))
        },
      })
      const headers = {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        ...(checked ? { 'upload-checksum': `sha256 ${file.sha256.toString('base64')}` } : {}),
      }
      await device(place, {
        method: 'PATCH',
        headers: { 'tus-resumable': '1.0.0', ...headers },
        body: broken,
        duplex: 'half',
      } as RequestInit)
      const at = offsetOf(await ask(place))
      assert.equal(at, checked ? 0 : cut, `${cut} ${checked}`)
      const rest = await piece(place, at, file.bytes.subarray(at))
      assert.equal(stateOf(rest), 'whole')
      assert.ok((await onDisk(place)).equals(file.bytes))
      assert.equal((await end(place)).status, 204)
      cuts += 1
    }
  t.diagnostic(`${cuts} cuts`)
  await clear()
})

test('pieces that are repeated, reordered, wrong or too long change nothing, and what comes out is the file', async () => {
  const { create, piece, ask, end } = tus(device)
  const trick = fc.record({
    what: fc.constantFrom('next', 'again', 'ahead', 'wrong-sum', 'changed', 'too-long', 'unchecked'),
    size: fc.integer({ min: 1, max: 4000 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(trick, { maxLength: 25 }), async tricks => {
      const file = madeFile(12_000)
      const place = placeOf(await create(file))
      let at = 0
      const take = (from: number, size: number) => file.bytes.subarray(from, Math.min(from + size, file.bytes.length))
      for (const { what, size } of tricks) {
        const left = file.bytes.length - at
        if (left === 0) break
        const bytes = take(at, size)
        if (what === 'next' || what === 'unchecked') {
          const sent = await piece(place, at, bytes)
          assert.equal(sent.status, 204)
          at += bytes.length
          assert.equal(offsetOf(sent), at)
          continue
        }
        const response =
          what === 'again'
            ? await piece(place, Math.max(0, at - size), take(Math.max(0, at - size), size))
            : what === 'ahead'
              ? await piece(place, at + size, Buffer.alloc(Math.max(1, left - size), 7))
              : what === 'wrong-sum'
                ? await piece(place, at, bytes, { 'upload-checksum': `sha256 ${Buffer.alloc(32).toString('base64')}` })
                : what === 'changed'
                  ? await device(place, {
                      method: 'PATCH',
                      headers: {
                        'tus-resumable': '1.0.0',
                        'content-type': 'application/offset+octet-stream',
                        'upload-offset': String(at),
                        'upload-checksum': `sha256 ${Buffer.from(asSealed(bytes).sha256).toString('base64')}`,
                      },
                      body: Buffer.from(bytes.map(byte => byte ^ 1)),
                    })
                  : await piece(place, at, Buffer.alloc(left + 1, 9))
        if (what === 'again' && at === 0) at += Math.min(size, file.bytes.length)
        else
          assert.ok(
            response.status === { again: 409, ahead: 409, 'wrong-sum': 460, changed: 460, 'too-long': 413 }[what],
            `${what} ${response.status}`,
          )
        assert.equal(offsetOf(await ask(place)), at, what)
      }
      if (at < file.bytes.length) assert.equal(stateOf(await piece(place, at, file.bytes.subarray(at))), 'whole')
      assert.ok((await onDisk(place)).equals(file.bytes))
      await end(place)
    }),
    { numRuns: process.env.SAMAAN_FULL === '1' ? 400 : 40 },
  )
  await clear()
})

test('a whole that is not what was announced is forgotten, and may begin anew', async () => {
  const file = madeFile(5000)
  const { create, piece, ask } = tus(device)
  const place = placeOf(await create(file))
  await piece(place, 0, Buffer.alloc(2500, 1))
  assert.equal((await piece(place, 2500, file.bytes.subarray(2500))).status, 460)
  assert.equal((await ask(place)).status, 404)
  assert.equal(stateOf(await sendAll(device, file)), 'whole')
  await clear()
})

test('of two writers one is told to wait, and the file is whole in the end', async () => {
  const file = madeFile(40_000)
  const { create, piece, ask } = tus(device)
  const place = placeOf(await create(file))
  let release = () => {}
  const slow = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(file.bytes.subarray(0, 10_000))
      await new Promise<void>(resolve => {
        release = resolve
      })
      controller.enqueue(file.bytes.subarray(10_000, 20_000))
      controller.close()
    },
  })
  const first = device(place, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: slow,
    duplex: 'half',
  } as RequestInit)
  while ((await truth.query('select 1 from files.upload where writer is not null')).rowCount === 0);
  const second = await piece(place, 0, file.bytes.subarray(0, 20_000))
  assert.equal(second.status, 423)
  // While it is being written nobody holds a connection or a transaction.
  assert.equal(harness.services.pool.idleCount, harness.services.pool.totalCount)
  release()
  assert.equal((await first).status, 204)
  assert.equal(offsetOf(await ask(place)), 20_000)
  // Many at once, on one offset: one is right.
  const many = await Promise.all(Array.from({ length: 12 }, () => piece(place, 20_000, file.bytes.subarray(20_000))))
  assert.equal(many.filter(one => one.status === 204 && stateOf(one) === 'whole').length, 1)
  for (const one of many) assert.ok([204, 409, 423].includes(one.status), String(one.status))
  assert.ok((await onDisk(place)).equals(file.bytes))
  await clear()
})

test('ended between two pieces, or in the middle of one, the server goes on from what it had counted', async () => {
  const file = madeFile(30_000)
  const { create, piece, ask } = tus(device)
  const place = placeOf(await create(file))
  await piece(place, 0, file.bytes.subarray(0, 10_000))
  const id = place.split('/').at(-1)!
  // What a kill -9 leaves: bytes beyond what was counted, and a writer who will never come back.
  const handle = await uploadsIn(harness.services.config.dataFolder).openPart(id, 10_000)
  await handle!.write(Buffer.alloc(7000, 0xee), 0, 7000, 10_000)
  await handle!.close()
  await truth.query(
    `update files.upload set writer = gen_random_uuid(), writer_until = now() + interval '30 seconds' where id = $1`,
    [id],
  )
  assert.equal((await piece(place, 10_000, file.bytes.subarray(10_000))).status, 423)
  await truth.query(`update files.upload set writer_until = now() - interval '1 second' where id = $1`, [id])
  assert.equal(offsetOf(await ask(place)), 10_000)
  assert.equal(stateOf(await piece(place, 10_000, file.bytes.subarray(10_000))), 'whole')
  assert.ok((await onDisk(place)).equals(file.bytes))
  await clear()
})

test('a disk that was brought back from before asks for what it lacks', async () => {
  const file = madeFile(20_000)
  const { create, piece } = tus(device)
  const place = placeOf(await create(file))
  await piece(place, 0, file.bytes.subarray(0, 10_000))
  await truncate(join(folder(), `${place.split('/').at(-1)}.part`), 3000)
  assert.equal(offsetOf(await create(file)), 0)
  assert.equal(stateOf(await sendAll(device, file)), 'whole')
  await clear()
})

test('one byte at a time is slow and right', async t => {
  const count = process.env.SAMAAN_FULL === '1' ? 10_000 : 400
  const file = madeFile(count)
  assert.equal(stateOf(await sendAll(device, file, 1)), 'whole')
  t.diagnostic(`${count} pieces of one byte`)
  await clear()
})
