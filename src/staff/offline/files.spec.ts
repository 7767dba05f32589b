import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostFileBytes } from '#platform/files/contract.ts'
import { type Bytes, utf8 } from './bytes.ts'
import { openDatabase } from './database.ts'
import { type Files, FilesError } from './files.ts'
import { asPart, headPart, headsIn, partBytes } from './files-states.ts'
import { device, makeClock, makeFaults, makePorts, phrase, start } from './make.ts'
import { openPhone } from './phone.ts'
import { VaultError } from './vault.ts'

/** Not sealing, but nothing of the text is left: each byte turned around. */
export const turned = async (_: string, bytes: Bytes): Promise<Bytes> => bytes.map(byte => byte ^ 0xa5)

async function readyPhone(options: Parameters<typeof openPhone>[1] = {}) {
  const clock = makeClock()
  const ports = makePorts(clock)
  const phone = await openPhone(ports, { rounds: 1000, seal: turned, ...options })
  await phone.vault.create({ passphrase: phrase }, start)
  await phone.enrol(device)
  return { clock, ports, phone }
}
const picked = (text: string, more = {}) => ({ bytes: utf8(text), name: 'contract.jpg', group: null, ...more })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; reason?: string }) => error.code ?? error.reason,
  )

test('a file is kept in parts, found by its hash, and lists while the phone is locked', async () => {
  const { phone, ports } = await readyPhone()
  const bytes = new Uint8Array(3 * partBytes + 11).map((_, at) => at % 253)
  const kept = await phone.files.add({ bytes, name: 'a.jpg', group: null })
  phone.vault.lock()
  const [item] = await phone.files.list()
  assert.equal(item!.state, 'waiting')
  assert.equal(item!.size, bytes.length)
  const digest = await crypto.subtle.digest('SHA-256', await turned('', bytes))
  assert.equal(kept.file, Buffer.from(digest).toString('base64url'))
  const database = await openDatabase(ports.factory)
  const parts = await database.transact(['files'], 'readonly', tx => tx.keys('files'))
  assert.equal(parts.length, 1 + 4)
  phone.close()
})

test('nothing readable of a file is on the disk: not its bytes, its name, nor its thumbnail', async () => {
  const { phone, ports } = await readyPhone()
  const { id } = await phone.files.add(
    picked('the story of Quintanilla', { name: 'Quintanilla.jpg', thumbnail: 'UXVpbnRhbmlsbGE', group: null }),
  )
  assert.equal((await phone.files.read(id))!.name, 'Quintanilla.jpg')
  const database = await openDatabase(ports.factory)
  await database.transact(['meta', 'rows', 'parcels', 'sealed', 'files'], 'readonly', async tx => {
    for (const store of ['meta', 'rows', 'parcels', 'sealed', 'files'] as const)
      for (const value of await tx.all(store)) {
        const text = JSON.stringify(value, (_, one) =>
          one instanceof Uint8Array ? Buffer.from(one).toString('latin1') : one,
        )
        assert.ok(!/Quintanilla|UXVpbnRhbmlsbGE/.test(text), store)
      }
  })
  phone.vault.lock()
  assert.equal(await codeOf(phone.files.read(id)), 'locked')
  assert.equal(await codeOf(phone.files.add(picked('x'))), 'locked')
  phone.close()
})

test('what is too large, empty or not this phone’s is not taken', async () => {
  const { phone } = await readyPhone()
  assert.equal(await codeOf(phone.files.add(picked(''))), 'empty')
  assert.equal(await codeOf(phone.files.add({ ...picked('x'), bytes: new Uint8Array(mostFileBytes + 1) })), 'too-large')
  const other = await openPhone(makePorts(makeClock()), { rounds: 1000, seal: turned })
  await other.vault.create({ passphrase: phrase }, start)
  assert.equal(await codeOf(other.files.add(picked('x'))), 'not-enrolled')
  assert.ok(new FilesError('unknown') instanceof Error && new VaultError('locked') instanceof Error)
  phone.close()
  other.close()
})

test('a full disk keeps all of a file or nothing of it', async () => {
  const faults = makeFaults()
  const { phone, ports } = await readyPhone({ through: faults.through })
  faults.failing = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
  const { StorageError } = await import('./database.ts')
  faults.failing = new StorageError('full')
  assert.equal(await codeOf(phone.files.add(picked('x'.repeat(200_000)))), 'full')
  faults.failing = undefined
  const database = await openDatabase(ports.factory)
  assert.equal((await database.transact(['files'], 'readonly', tx => tx.keys('files'))).length, 0)
  await phone.files.add(picked('x'.repeat(200_000)))
  assert.equal((await phone.files.list()).length, 1)
  phone.close()
})

test('a file that was taken off the phone leaves nothing behind', async () => {
  const { phone, ports } = await readyPhone()
  const { id } = await phone.files.add(picked('x'.repeat(200_000)))
  await phone.files.discard(id)
  assert.equal(await codeOf(phone.files.discard(id)), 'unknown')
  const database = await openDatabase(ports.factory)
  const left = await database.transact(['files', 'rows'], 'readonly', async tx => [
    ...(await tx.keys('files')),
    ...(await tx.keys('rows')),
  ])
  assert.deepEqual(left, [])
  phone.close()
})

test('a head that was damaged stops no other file', async () => {
  const { phone, ports } = await readyPhone()
  const list = async (files: Files) => (await files.list()).map(one => one.id)
  const bad = await phone.files.add(picked('bad'))
  const good = await phone.files.add(picked('good'))
  const database = await openDatabase(ports.factory)
  await database.transact(['files'], 'readwrite', async tx => {
    const [head] = await headsIn(tx)
    assert.equal(asPart(head!).part, headPart)
    await tx.put('files', { file: bad.id, part: headPart, bytes: utf8('{"format":') })
  })
  assert.deepEqual(await list(phone.files), [good.id])
  phone.close()
})

test('what somebody was here keeps its credential as long as a file of theirs waits', async () => {
  const { phone, ports } = await readyPhone()
  await phone.files.add(picked('theirs'))
  const ids = async () => {
    const database = await openDatabase(ports.factory)
    return database.transact(['meta'], 'readonly', async tx => ((await tx.meta('devices')) ?? []).map(one => one.id))
  }
  await phone.vault.destroy('asked')
  await phone.vault.create({ passphrase: phrase }, start)
  await phone.enrol({ ...device, id: 'next', account: 'somebody-else' })
  await phone.outbox.tidy()
  assert.deepEqual(await ids(), [device.id, 'next'])
  for (const { id } of await phone.files.list()) await phone.files.discard(id)
  await phone.outbox.tidy()
  assert.deepEqual(await ids(), ['next'])
  phone.close()
})
