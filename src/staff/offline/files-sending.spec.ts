import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Bytes } from './bytes.ts'
import { openDatabase } from './database.ts'
import type { FileTransport, Setback, Stand } from './files-send.ts'
import { Crash, device, makeClock, makeFaults, makePorts, noSeal, phrase, start } from './make.ts'
import { retry } from './outbox-states.ts'
import { openPhone, type Phone } from './phone.ts'

const sha = async (bytes: Bytes): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')

/** A server as the protocol has it, in memory; `trouble` decides what befalls each piece. */
type Trouble = 'none' | 'lost' | 'lost-answer' | 'corrupt' | 'elsewhere' | 'throws'
function makeServer(trouble: () => Trouble = () => 'none') {
  const files = new Map<string, { size: number; bytes: Bytes; state: Stand['state']; code: string | null }>()
  const server = {
    files,
    /** What the command's side says of a whole file. */
    settle: (_: string): { state: Stand['state']; code: string | null } => ({ state: 'kept', code: null }),
    pieces: 0,
    largest: 0,
    refuses: undefined as Setback | undefined,
    transport: {} as FileTransport,
  }
  const stand = (hash: string): Stand => {
    const { bytes, state, code } = files.get(hash)!
    return { place: `/api/files/${hash}`, offset: bytes.length, state, code }
  }
  server.transport = {
    async begin(_, hash, size) {
      if (server.refuses) return server.refuses
      const found = files.get(hash)
      if (!found) files.set(hash, { size, bytes: new Uint8Array(), state: 'receiving', code: null })
      else if (found.state === 'whole') Object.assign(found, server.settle(hash))
      return stand(hash)
    },
    async piece(_, place, offset, bytes, hash) {
      server.pieces += 1
      const name = place.split('/').at(-1)!
      const file = files.get(name)!
      const fate = trouble()
      if (fate === 'throws') throw new TypeError('network')
      if (fate === 'lost') return 'unreachable'
      if (fate === 'elsewhere' || offset !== file.bytes.length) return 'moved'
      const came = fate === 'corrupt' ? bytes.map(one => one ^ 1) : bytes
      if ((await sha(came)) !== hash) return 'checksum'
      server.largest = Math.max(server.largest, bytes.length)
      const next = new Uint8Array(file.bytes.length + came.length)
      next.set(file.bytes)
      next.set(came, file.bytes.length)
      file.bytes = next
      if (next.length === file.size) {
        assert.equal(await sha(next), name, 'what arrived is what was picked')
        Object.assign(file, { state: 'whole' }, server.settle(name))
      }
      return fate === 'lost-answer' ? 'unreachable' : stand(name)
    },
  }
  return server
}

async function readyPhone(options: Parameters<typeof openPhone>[1] = {}) {
  const clock = makeClock()
  const ports = makePorts(clock)
  const phone = await openPhone(ports, { rounds: 1000, seal: noSeal, ...options })
  await phone.vault.create({ passphrase: phrase }, start)
  await phone.enrol(device)
  return { clock, ports, phone }
}
const content = (length: number, seed = 1): Bytes => new Uint8Array(length).map((_, at) => (at * 31 + seed) % 251)
const add = (phone: Phone, length: number, seed = 1) =>
  phone.files.add({ bytes: content(length, seed), name: 'x', group: null })
const stateOf = async (phone: Phone, id: string) => (await phone.files.list()).find(one => one.id === id)!

test('a locked phone sends what it holds, in growing pieces, and then holds none of it', async () => {
  const { phone, ports } = await readyPhone()
  const { id } = await add(phone, 2_000_000)
  phone.vault.lock()
  const server = makeServer()
  const sent = await phone.sendFiles(server.transport)
  assert.deepEqual(sent, { outcome: 'sent', done: 1, refused: 0, arrived: 0, unanswered: 0 })
  assert.ok(server.largest === 512 * 1024 && server.pieces < 10, `${server.pieces} pieces`)
  const item = await stateOf(phone, id)
  assert.equal(item.state, 'done')
  assert.equal(item.sent, item.size)
  const database = await openDatabase(ports.factory)
  const keys = await database.transact(['files', 'rows'], 'readonly', async tx => [
    (await tx.keys('files')).length,
    (await tx.keys('rows')).length,
  ])
  assert.deepEqual(keys, [1, 0], 'what became of it stays, its bytes and its name do not')
  phone.close()
})

test('whatever befalls pieces and answers, every file arrives as it was picked, once', async () => {
  const fates = fc.array(
    fc.constantFrom<Trouble>('none', 'none', 'none', 'lost', 'lost-answer', 'corrupt', 'elsewhere', 'throws'),
    { minLength: 1, maxLength: 60 },
  )
  await fc.assert(
    fc.asyncProperty(
      fates,
      fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 3 }),
      async (list, sizes) => {
        const { phone, clock } = await readyPhone()
        let at = 0
        const server = makeServer(() => list[at++] ?? 'none')
        const kept = []
        for (const [seed, size] of sizes.entries()) kept.push(await add(phone, size, seed + 1))
        for (let round = 0; round < 40; round++) {
          await phone.sendFiles(server.transport)
          if ((await phone.files.list()).every(one => one.state === 'done')) break
          clock.pass(retry.stuck + 1)
        }
        for (const { id } of kept) assert.equal((await stateOf(phone, id)).state, 'done')
        assert.equal(server.files.size, new Set(kept.map(one => one.file)).size)
        phone.close()
      },
    ),
    { numRuns: 40 },
  )
})

test('the power goes at any write: what was sent is not sent again from the start, and the file arrives', async () => {
  for (let at = 1; at < 12; at++)
    for (const when of ['before', 'after'] as const) {
      const faults = makeFaults()
      const { phone, ports } = await readyPhone({ through: faults.through })
      const { id } = await add(phone, 900_000)
      const server = makeServer()
      faults.at = faults.writes + at
      faults.when = when
      await phone.sendFiles(server.transport).catch(error => assert.ok(error instanceof Crash))
      phone.close()
      const before = [...server.files.values()][0]?.bytes.length ?? 0
      const again = await openPhone({ ...ports, locks: makePorts(makeClock()).locks }, { rounds: 1000, seal: noSeal })
      const offsets: number[] = []
      const { begin, piece } = server.transport
      await again.sendFiles({
        begin,
        piece: (one, place, offset, bytes, hash) => {
          offsets.push(offset)
          return piece(one, place, offset, bytes, hash)
        },
      })
      assert.equal((await stateOf(again, id)).state, 'done', `${at} ${when}`)
      if (offsets.length > 0) assert.equal(offsets[0], before)
      again.close()
    }
})

test('a part that was damaged is told by its hash, and stops no other file', async () => {
  const { phone, ports } = await readyPhone()
  const bad = await add(phone, 300_000, 1)
  const good = await add(phone, 300_000, 2)
  const database = await openDatabase(ports.factory)
  await database.transact(['files'], 'readwrite', async tx => {
    const part = (await tx.get('files', [bad.id, 3]))!
    await tx.put('files', { ...part, bytes: part.bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) })
  })
  const server = makeServer()
  const sent = await phone.sendFiles(server.transport)
  assert.equal(sent.done, 1)
  const item = await stateOf(phone, bad.id)
  assert.equal(item.state, 'stuck')
  assert.equal(item.code, 'damaged')
  assert.equal((await stateOf(phone, good.id)).state, 'done')
  phone.close()
})

test('refused, it says why and its bytes leave; whole without its command, it waits and asks less and less often', async () => {
  const { phone, clock } = await readyPhone()
  const { id } = await add(phone, 5000)
  const server = makeServer()
  server.settle = () => ({ state: 'whole', code: null })
  assert.equal((await phone.sendFiles(server.transport)).arrived, 1)
  assert.equal((await stateOf(phone, id)).state, 'arrived')
  // Not before its time.
  assert.equal((await phone.sendFiles(server.transport)).arrived, 0)
  for (let round = 0; round < 15; round++) {
    clock.pass(retry.longest)
    await phone.sendFiles(server.transport)
  }
  assert.equal((await stateOf(phone, id)).state, 'arrived', 'never given up')
  server.settle = () => ({ state: 'refused', code: 'macros' })
  clock.pass(retry.longest)
  assert.equal((await phone.sendFiles(server.transport)).refused, 1)
  const item = await stateOf(phone, id)
  assert.equal(item.state, 'refused')
  assert.equal(item.code, 'macros')
  phone.close()
})

test('no signal counts one try a run, stops at ten, and is then tried once a day or when a person asks', async () => {
  const { phone, clock } = await readyPhone()
  const { id } = await add(phone, 5000)
  const server = makeServer()
  server.refuses = 'unreachable'
  for (let round = 1; round <= retry.most; round++) {
    await phone.sendFiles(server.transport)
    assert.equal((await stateOf(phone, id)).tries, round)
    clock.pass(retry.longest)
  }
  assert.equal((await stateOf(phone, id)).state, 'stuck')
  await phone.sendFiles(server.transport)
  assert.equal((await stateOf(phone, id)).tries, retry.most)
  server.refuses = undefined
  await phone.files.retry(id)
  assert.equal((await phone.sendFiles(server.transport)).done, 1)
  phone.close()
})

test('bytes that arrived make good for all the tries before: a long file on a thin line is not given up', async () => {
  const { phone, clock } = await readyPhone()
  const { id } = await add(phone, 900_000)
  let pieces = 0
  // Nothing for nine runs; from then on one piece of each run arrives, and the line is gone.
  const server = makeServer(() => (pieces++ % 5 === 0 ? 'none' : 'lost'))
  server.refuses = 'unreachable'
  for (let round = 1; round < retry.most; round++) {
    await phone.sendFiles(server.transport)
    clock.pass(retry.longest)
  }
  assert.equal((await stateOf(phone, id)).tries, retry.most - 1)
  server.refuses = undefined
  for (let round = 0; round < 3; round++) {
    const before = (await stateOf(phone, id)).sent
    await phone.sendFiles(server.transport)
    const { state, tries, sent } = await stateOf(phone, id)
    assert.ok(sent > before)
    assert.deepEqual([state, tries], ['waiting', 1])
    clock.pass(retry.longest)
  }
  phone.close()
})

test('two tabs send each file once', async () => {
  const { phone, ports } = await readyPhone()
  await add(phone, 300_000)
  const other = await openPhone(ports, { rounds: 1000, seal: noSeal })
  const server = makeServer()
  const [one, two] = await Promise.all([phone.sendFiles(server.transport), other.sendFiles(server.transport)])
  assert.deepEqual([one.outcome, two.outcome].sort(), ['busy', 'sent'])
  phone.close()
  other.close()
})

test('a credential that is not known, and a quota that is full, are told as such', async () => {
  const { phone } = await readyPhone()
  const { id } = await add(phone, 5000)
  const server = makeServer()
  for (const [setback, code] of [
    ['unwelcome', 'not-signed-in'],
    ['full', 'too-many-files'],
  ] as const) {
    server.refuses = setback
    await phone.files.retry(id)
    await phone.sendFiles(server.transport)
    assert.equal((await stateOf(phone, id)).code, code)
  }
  phone.close()
})

test('a server that wants the same byte for ever is left alone', async () => {
  const { phone } = await readyPhone()
  const { id } = await add(phone, 5000)
  const stand: Stand = { place: '/api/files/x', offset: 0, state: 'receiving', code: null }
  await phone.sendFiles({ begin: async () => stand, piece: async () => stand })
  assert.equal((await stateOf(phone, id)).tries, 1)
  await phone.files.retry(id)
  await phone.sendFiles({ begin: async () => ({ ...stand, offset: 5000 }), piece: async () => stand })
  assert.equal((await stateOf(phone, id)).tries, 1)
  phone.close()
})
