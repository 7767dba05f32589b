import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { KeyError, type KeyErrorCode } from './key-error.ts'
import { type Compartment, type DataKey, type KeyDecision, Keys } from './keys.ts'
import { addSealing, readRoot } from './root-file.ts'
import { verifySignature } from './signature.ts'

const base = mkdtempSync(join(tmpdir(), 'samaan-keys-'))
const caseId = '01890a5d-ac96-774b-bcce-b302099a8057'
const otherCase = '01890a5d-ac96-774b-bcce-b302099a8058'
const allow: KeyDecision = { effect: 'allow', permits: () => true }
const bytes = (key: DataKey) => key.secret.export().toString('hex')
const is = (code: KeyErrorCode) => (error: unknown) => error instanceof KeyError && error.code === code
const posix = process.platform !== 'win32'

let folder: string
let count = 0
beforeEach(() => {
  folder = join(base, String(++count))
})
after(() => rmSync(base, { recursive: true, force: true }))

const make = () => Keys.open(folder, { create: true })
const slotsPath = () => join(folder, 'slots.bin')
const rootPath = () => join(folder, 'root.key')
const id = (keys: Keys, slot: number) => bytes(keys.release(allow, caseId, slot, 'ID'))

test('keys made once open again and release the same key', async () => {
  const first = await make()
  await first.ensureSlot(1)
  const released = id(first, 1)
  first.close()
  assert.equal(id(await Keys.open(folder), 1), released)
  if (posix) {
    assert.equal(statSync(folder).mode & 0o777, 0o700)
    assert.equal(statSync(rootPath()).mode & 0o777, 0o600)
    assert.equal(statSync(slotsPath()).mode & 0o777, 0o600)
  }
})

test('a folder without keys does not open unless keys are to be made', async () => {
  await assert.rejects(Keys.open(folder), is('missing'))
})

test('a lost root key is never replaced beside a key store', async () => {
  const keys = await make()
  await keys.ensureSlot(0)
  rmSync(rootPath())
  await assert.rejects(make(), is('missing'))
})

test('a root key that others may read is refused', { skip: !posix }, async () => {
  await make()
  for (const mode of [0o640, 0o604, 0o644, 0o700, 0o610]) {
    chmodSync(rootPath(), mode)
    await assert.rejects(Keys.open(folder), is('mode'), mode.toString(8))
  }
  for (const mode of [0o600, 0o400]) {
    chmodSync(rootPath(), mode)
    await Keys.open(folder)
  }
})

test('a root key that is malformed or weak is refused, without showing it', async () => {
  await make()
  const good = JSON.parse(readFileSync(rootPath(), 'utf8'))
  const entry = good.sealing[0]
  const base64 = (fill: number, length = 32) => Buffer.alloc(length, fill).toString('base64')
  const cases: [KeyErrorCode, unknown][] = [
    ['malformed', 'not json'],
    ['malformed', null],
    ['malformed', { ...good, format: 'samaan-root-0' }],
    ['malformed', { ...good, index: [] }],
    ['malformed', { ...good, audit: undefined }],
    ['malformed', { ...good, sealing: [entry, { ...good.index[0], version: 1 }] }],
    ['malformed', { ...good, sealing: [{ ...entry, version: 0 }] }],
    ['malformed', { ...good, sealing: [{ ...entry, key: `${entry.key}*` }] }],
    ['weak', { ...good, sealing: [{ ...entry, key: base64(0) }] }],
    [
      'weak',
      { ...good, sealing: [{ ...entry, key: Buffer.from('change-me-change-me-change-me-32').toString('base64') }] },
    ],
    [
      'weak',
      { ...good, sealing: [{ ...entry, key: Buffer.from(entry.key, 'base64').subarray(0, 31).toString('base64') }] },
    ],
    ['weak', { ...good, index: good.sealing }],
  ]
  for (const [code, value] of cases) {
    writeFileSync(rootPath(), typeof value === 'string' ? value : JSON.stringify(value))
    await assert.rejects(Keys.open(folder), (error: unknown) => {
      assert.ok(!inspect(error).includes(entry.key.slice(0, 12)))
      return is(code)(error)
    })
  }
})

test('a key is released only where the decision permits it', async () => {
  const keys = await make()
  await keys.ensureSlot(5)
  const narrow: KeyDecision = { effect: 'allow', permits: (which, what) => which === caseId && what === 'SVC' }
  keys.release(narrow, caseId, 5, 'SVC')
  assert.throws(() => keys.release(narrow, caseId, 5, 'HLT'), is('not-released'))
  assert.throws(() => keys.release(narrow, otherCase, 5, 'SVC'), is('not-released'))
  const denied = { effect: 'deny', permits: () => true } as unknown as KeyDecision
  assert.throws(() => keys.release(denied, caseId, 5, 'SVC'), is('not-released'))
})

test('every case, slot, compartment and version has a key of its own', async () => {
  const keys = await make()
  await keys.ensureSlot(5)
  const seen = new Set<string>()
  for (const which of [caseId, otherCase]) {
    for (const slot of [5, 6]) {
      for (const what of ['ID', 'SVC', 'HLT', 'LOC', 'INV', 'WIT', 'STA'] satisfies Compartment[]) {
        for (const version of [1, 2]) seen.add(bytes(keys.release(allow, which, slot, what, version)))
      }
    }
  }
  assert.equal(seen.size, 2 * 2 * 7 * 2)
})

test('slots are made 4,096 at a time, and those within a block cost no write', async () => {
  const keys = await make()
  assert.equal(keys.slotState(0), 'missing')
  await Promise.all([3, 4_095, 0].map(slot => keys.ensureSlot(slot)))
  assert.equal(statSync(slotsPath()).size, 4_096 * 64)
  const before = statSync(slotsPath()).mtimeMs
  for (let slot = 0; slot < 4_096; slot++) await keys.ensureSlot(slot)
  assert.equal(statSync(slotsPath()).mtimeMs, before)
  assert.equal(keys.slotState(4_096), 'missing')
  await keys.ensureSlot(9_000)
  assert.equal(keys.slotState(8_192), 'ready')
  assert.equal(keys.slotState(4_096), 'missing')
  assert.throws(() => keys.release(allow, caseId, 4_096, 'ID'), is('missing'))
  for (const wrong of [-1, 0.5, Number.NaN, 2 ** 40]) await assert.rejects(keys.ensureSlot(wrong), RangeError)
})

test('an erased case is closed for good, also for another process that had its secret in memory', async () => {
  const [keys, other] = [await make(), await Keys.open(folder)]
  await keys.ensureSlot(7)
  const eight = id(other, 8)
  id(other, 7)
  const wrapped = readFileSync(slotsPath()).subarray(7 * 64, 7 * 64 + 60)
  await keys.erase(7)
  for (const one of [keys, other, await Keys.open(folder)]) {
    assert.equal(one.slotState(7), 'erased')
    assert.throws(() => one.release(allow, caseId, 7, 'ID'), is('erased'))
    await assert.rejects(one.ensureSlot(7), is('erased'))
    assert.equal(id(one, 8), eight)
  }
  const file = readFileSync(slotsPath())
  assert.ok(!file.includes(wrapped))
  assert.deepEqual(file.subarray(7 * 64, 7 * 64 + 60), Buffer.alloc(60))
  await keys.erase(7)
  assert.equal(keys.slotState(7), 'erased')
})

test('a slot erased before it was made is not made afterwards', async () => {
  const keys = await make()
  await keys.erase(10)
  await keys.ensureSlot(9)
  await assert.rejects(keys.ensureSlot(10), is('erased'))
  assert.equal(keys.slotState(10), 'erased')
})

test('a file that a crash cut or filled with zeros heals, and what was whole stays', async () => {
  const first = await make()
  await first.ensureSlot(0)
  const whole = readFileSync(slotsPath())
  const kept = [0, 1, 500, 2_000].map(slot => [slot, id(first, slot)] as const)
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.boolean(), async (cut, zeros) => {
      const page = zeros ? Math.floor(cut / 4096) * 4096 : cut
      const damaged = zeros ? Buffer.concat([whole.subarray(0, page), Buffer.alloc(whole.length - page)]) : whole
      writeFileSync(slotsPath(), damaged)
      if (!zeros) truncateSync(slotsPath(), page)
      const keys = await Keys.open(folder)
      await keys.ensureSlot(4_095)
      for (let slot = 0; slot < 4_096; slot += 65) assert.equal(keys.slotState(slot), 'ready')
      for (const [slot, was] of kept) if ((slot + 1) * 64 <= page) assert.equal(id(keys, slot), was)
      keys.close()
    }),
    { numRuns: 25 },
  )
})

test('a damaged slot is unreadable, and so is one moved to another number', async () => {
  const keys = await make()
  await keys.ensureSlot(0)
  const file = readFileSync(slotsPath())
  for (const at of [0, 11, 12, 43, 44, 59, 60, 63]) {
    const changed = Buffer.from(file)
    changed[3 * 64 + at]! ^= 1
    writeFileSync(slotsPath(), changed)
    const damaged = await Keys.open(folder)
    assert.throws(() => damaged.release(allow, caseId, 3, 'ID'), is('unreadable'))
    await assert.rejects(damaged.ensureSlot(3), is('unreadable'))
    damaged.close()
  }
  file.copy(file, 64, 0, 64)
  writeFileSync(slotsPath(), file)
  const moved = await Keys.open(folder)
  assert.throws(() => moved.release(allow, caseId, 1, 'ID'), is('unreadable'))
})

test('a new root wraps every secret anew: same keys, erased stay erased, the old root opens nothing', async () => {
  const [keys, other] = [await make(), await Keys.open(folder)]
  await keys.ensureSlot(5_000)
  await keys.ensureSlot(0)
  const was = [0, 1, 4_095, 5_000].map(slot => id(keys, slot))
  const platform = bytes(keys.platformKey('replies'))
  id(other, 1)
  await keys.erase(2)
  const oldRoot = readFileSync(rootPath())
  assert.equal(await keys.rotateRoot(), 2)
  for (const one of [keys, other, await Keys.open(folder)]) {
    assert.deepEqual(
      [0, 1, 4_095, 5_000].map(slot => id(one, slot)),
      was,
    )
    assert.equal(one.slotState(2), 'erased')
    assert.equal(one.slotState(4_100), 'ready')
    assert.equal(bytes(one.platformKey('replies')), platform)
  }
  assert.deepEqual([...readRoot(folder).sealing.versions.keys()], [2])
  // The other process still knows only the old root when it grows and erases.
  await other.ensureSlot(9_000)
  await other.erase(3)
  assert.equal(keys.slotState(3), 'erased')
  assert.equal(id(keys, 9_000), id(other, 9_000))
  writeFileSync(rootPath(), oldRoot)
  const stale = await Keys.open(folder)
  assert.throws(() => stale.release(allow, caseId, 1, 'ID'), is('unreadable'))
})

test('a rotation that crashed leaves everything readable, and the next completes it', async () => {
  const keys = await make()
  await keys.ensureSlot(0)
  const was = id(keys, 1)
  addSealing(folder, readRoot(folder))
  writeFileSync(join(folder, 'slots.bin.tmp'), 'half a file')
  const again = await Keys.open(folder)
  assert.equal(id(again, 1), was)
  await again.ensureSlot(4_096)
  const fresh = id(again, 4_096)
  assert.equal(await again.rotateRoot(), 3)
  assert.deepEqual([id(again, 1), id(again, 4_096)], [was, fresh])
  assert.deepEqual([...readRoot(folder).sealing.versions.keys()], [3])
})

test('more secrets than the cache holds are all released', async () => {
  const keys = await make()
  await keys.ensureSlot(0)
  const first = id(keys, 0)
  const seen = new Set(Array.from({ length: 4_096 }, (_, slot) => id(keys, slot)))
  assert.equal(seen.size, 4_096)
  assert.equal(id(keys, 0), first)
})

test('platform keys and blind indexes differ by name and stay the same', async () => {
  const [keys, again] = [await make(), await Keys.open(folder)]
  assert.equal(bytes(keys.platformKey('a')), bytes(again.platformKey('a')))
  assert.notEqual(bytes(keys.platformKey('a')), bytes(keys.platformKey('b')))
  assert.throws(() => keys.platformKey('a', 9), is('missing'))
  const term = keys.blind('person.phone').term('+18685551234')
  assert.equal(term.length, 16)
  assert.deepEqual(again.blind('person.phone', 1).term('+18685551234'), term)
  assert.notDeepEqual(keys.blind('person.email').term('+18685551234'), term)
  assert.notDeepEqual(keys.blind('person.phone').term('+18685551235'), term)
  assert.notDeepEqual(keys.blind('person.phone').term(''), keys.blind('person.phone').term(''))
})

test('the audit key signs what its public key verifies', async () => {
  const { sign, publicKey } = (await make()).auditKey()
  const data = Buffer.from('checkpoint')
  assert.equal(publicKey.length, 32)
  assert.equal(verifySignature(publicKey, data, sign(data)), true)
  assert.equal(verifySignature(publicKey, Buffer.from('checkpoinT'), sign(data)), false)
  assert.equal(verifySignature(publicKey.subarray(1), data, sign(data)), false)
})
