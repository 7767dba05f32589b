import assert from 'node:assert/strict'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { inTransaction } from '../../db/context.ts'
import { newPhone, type Phone } from '../../sync/make.ts'
import { mostSealedBytes, mostUnsettled } from '../contract.ts'
import { asDevice, asSealed, type Fetch, madeFile, placeOf, sendAll, stateOf, tus } from '../make.ts'
import { sweepFiles } from './sweep.ts'

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
/** Ends what this test began, so that the next has its whole quota. */
const clear = async () => {
  await truth.query('delete from files.upload')
}

test('too large is refused before it is read, and so is more than was announced', async () => {
  const { create, piece } = tus(device)
  assert.equal((await create(madeFile(10), { 'upload-length': String(mostSealedBytes + 1) })).status, 413)
  const file = madeFile(1000)
  const place = placeOf(await create(file))
  let read = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      read += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const response = await device(place, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: endless,
    duplex: 'half',
  } as RequestInit)
  assert.equal(response.status, 413)
  assert.ok(read <= 4 * 65_536, `${read} bytes were read`)
  assert.equal((await piece(place, 0, Buffer.alloc(1001))).status, 413)
  assert.ok((await stat(join(folder(), `${place.split('/').at(-1)}.part`))).size <= 1000)
  await clear()
})

test('an account has so many files under way and no more; a settled one makes room', async () => {
  const { create, end } = tus(device)
  const places: string[] = []
  for (let each = 0; each < mostUnsettled; each++) places.push(placeOf(await create(madeFile(100))))
  assert.equal((await create(madeFile(100))).status, 429)
  assert.equal((await tus(marisol.fetch).create(madeFile(100))).status, 429, 'a session is the same account')
  assert.equal((await end(places[0]!)).status, 204)
  const large = asSealed(Buffer.alloc(100, 77))
  for (let each = 0; each < 12; each++)
    await truth.query('delete from files.upload where id = $1', [places[each + 1]!.split('/').at(-1)])
  let announced = 0
  for (let each = 0; each < 12; each++)
    if ((await create(madeFile(200 + each), { 'upload-length': String(mostSealedBytes) })).status === 201)
      announced += 1
  assert.equal(announced, 9, 'by bytes, too')
  assert.equal((await create(large)).status, 201)
  await clear()
})

test('nobody sees or ends another account’s file', async () => {
  const file = madeFile(3000)
  const place = placeOf(await tus(device).create(file))
  const others = [asDevice(harness, await newPhone(await harness.as('kofi'))), (await harness.as('tobias')).fetch]
  for (const other of others) {
    const { ask, piece, end } = tus(other)
    assert.equal((await ask(place)).status, 404)
    assert.equal((await piece(place, 0, file.bytes)).status, 404)
    assert.equal((await end(place)).status, 404)
  }
  assert.equal((await tus(asDevice(harness, { ...phone, credential: 'A'.repeat(43) })).ask(place)).status, 401)
  await clear()
})

test('a revoked phone still hands in what its owner finished', async () => {
  const lost = await newPhone(marisol, 'lost')
  await truth.query('update sync.device set revoked_at = now(), revoked_by = account_id where id = $1', [lost.id])
  assert.equal(stateOf(await sendAll(asDevice(harness, lost), madeFile(2000))), 'whole')
  await clear()
})

test('what is not tus is refused by name', async () => {
  const { create, send, piece } = tus(device)
  const file = madeFile(100)
  const place = placeOf(await create(file))
  const old = await device(place, { method: 'PATCH', headers: { 'tus-resumable': '0.2.2' } })
  assert.equal(old.status, 412)
  assert.equal(old.headers.get('tus-version'), '1.0.0')
  const statuses = await Promise.all([
    create(file, { 'upload-length': '-1' }),
    create(file, { 'upload-length': '1e3' }),
    create(file, { 'upload-metadata': 'filename bmFtZQ==' }),
    create(file, { 'upload-metadata': `sha256 ${file.sha256.toString('base64')},filename bmFtZQ==` }),
    send('PATCH', place, { 'content-type': 'application/json', 'upload-offset': '0' }, '{}'),
    piece(place, 0, file.bytes, { 'upload-checksum': 'md5 xxxx' }),
    piece(place, 0, file.bytes, { 'upload-offset': 'x' }),
    piece(place, 0, file.bytes, { 'content-encoding': 'gzip' }),
    send('GET', place),
    send('HEAD', '/api/files/..%2f..%2fetc'),
    send('PUT', place),
  ])
  assert.deepEqual(
    statuses.map(one => one.status),
    [400, 400, 400, 400, 415, 400, 400, 415, 405, 404, 404],
  )
  await clear()
})

test('what nobody finished is gone after its time, row and bytes; what is whole stays for its command', async () => {
  const { create, piece, ask } = tus(device)
  const unfinished = madeFile(5000)
  const place = placeOf(await create(unfinished))
  await piece(place, 0, unfinished.bytes.subarray(0, 1000))
  const whole = madeFile(4000)
  await sendAll(device, whole)
  await truth.query(`update files.upload set expires_at = now() - interval '1 hour' where state = 'receiving'`)
  assert.equal((await ask(place)).status, 404)
  const jobs = new pg.Pool({ connectionString: harness.database.url('jobs'), max: 1 })
  try {
    await inTransaction(jobs, undefined, tx => sweepFiles(harness.services, tx, new Date()))
  } finally {
    await jobs.end()
  }
  assert.equal((await truth.query('select 1 from files.upload')).rowCount, 1)
  const names = await readdir(folder())
  assert.ok(!names.includes(`${place.split('/').at(-1)}.part`))
  assert.equal(stateOf(await create(whole)), 'whole')
  await clear()
})
