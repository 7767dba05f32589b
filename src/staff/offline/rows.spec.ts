import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Database, openDatabase, type Row, StorageError } from './database.ts'
import { makeClock, makeFaults, makePorts, noSeal, prfOf, start } from './make.ts'
import { openPhone } from './phone.ts'
import { RowError } from './rows.ts'

async function makeStage() {
  const ports = makePorts(makeClock())
  const faults = makeFaults()
  const phone = await openPhone(ports, { seal: noSeal, through: faults.through })
  await phone.vault.create({ prf: prfOf(1) }, start)
  const raw = await openDatabase(ports.factory)
  const onDisk = () => raw.transact(['rows'], 'readonly', tx => tx.all('rows'))
  return { ports, phone, faults, raw, onDisk }
}
const put = (raw: Database, row: Row) => raw.transact(['rows'], 'readwrite', tx => tx.put('rows', row))

describe('sealed rows', () => {
  test('are kept, replaced, listed by kind and deleted', async () => {
    const { onDisk, phone } = await makeStage()
    const { rows } = phone
    await rows.put({ kind: 'case', id: 'a', value: { n: 1 }, group: 'a', pulled: true, version: 'v1' })
    await rows.put({ kind: 'case', id: 'a', value: { n: 2 }, group: 'a', pulled: true, version: 'v2' })
    await rows.put({ kind: 'draft', id: 'a', value: 'ñ' })
    assert.deepEqual(await rows.get('case', 'a'), {
      kind: 'case',
      id: 'a',
      group: 'a',
      pulled: true,
      version: 'v2',
      value: { n: 2 },
    })
    assert.equal(await rows.get('case', 'b'), undefined)
    assert.deepEqual(
      (await rows.list('draft')).map(one => one.value),
      ['ñ'],
    )
    assert.equal((await onDisk()).length, 2)
    await rows.delete('case', 'a')
    assert.deepEqual(await rows.list('case'), [])
  })

  test('say nothing of what, how many of a kind, or how long; the same row twice is not the same bytes', async () => {
    const { onDisk, phone } = await makeStage()
    const sizes = new Set<number>()
    const bytes = new Set<string>()
    for (const value of ['', 'x'.repeat(200), 'x'.repeat(200)]) {
      await phone.rows.put({ kind: 'draft', id: 'a', value })
      const [row] = await onDisk()
      assert.deepEqual(Object.keys(row!), ['id', 'sealed'])
      assert.match(row!.id, /^[0-9a-f]{64}$/)
      sizes.add(row!.sealed.length)
      bytes.add(Buffer.from(row!.sealed).toString('hex'))
    }
    assert.equal(sizes.size, 1)
    assert.equal(bytes.size, 3)
  })

  test('a changed byte, a row put in another’s place, or a name on another’s value do not open', async () => {
    const { onDisk, phone, raw } = await makeStage()
    await phone.rows.put({ kind: 'draft', id: 'a', value: 'A' })
    await phone.rows.put({ kind: 'draft', id: 'b', value: 'B' })
    const keyOf = (id: string) => phone.rows.keyOf(phone.vault.keys(), 'draft', id)
    const found = await onDisk()
    const [keyA, keyB] = [await keyOf('a'), await keyOf('b')]
    const [a, b] = [found.find(row => row.id === keyA), found.find(row => row.id === keyB)]
    const nameLength = new DataView(a!.sealed.buffer).getUint16(1)
    const mixed = a!.sealed.slice()
    mixed.set(b!.sealed.subarray(3 + nameLength), 3 + nameLength)
    for (const sealed of [b!.sealed, mixed, new Uint8Array(0), new Uint8Array(5)]) {
      await put(raw, { id: a!.id, sealed })
      await assert.rejects(phone.rows.get('draft', 'a'), RowError)
    }
    for (let at = 0; at < a!.sealed.length; at += 7) {
      const sealed = a!.sealed.slice()
      sealed[at]! ^= 1
      await put(raw, { id: a!.id, sealed })
      await assert.rejects(phone.rows.get('draft', 'a'), RowError, `byte ${at}`)
    }
    assert.deepEqual(
      (await phone.rows.list('draft')).map(one => one.value),
      ['B'],
    )
    assert.equal(phone.rows.damaged(), 1)
  })
})

describe('a phone that can not keep something', () => {
  test('says that it is full, and what was there stays', async () => {
    const { phone, faults } = await makeStage()
    await phone.rows.put({ kind: 'draft', id: 'a', value: 'first' })
    faults.failing = new StorageError('full')
    const full = (error: unknown) => error instanceof StorageError && error.reason === 'full'
    await assert.rejects(phone.rows.put({ kind: 'draft', id: 'a', value: 'second' }), full)
    faults.failing = undefined
    assert.equal((await phone.rows.get('draft', 'a'))?.value, 'first')
  })

  test('names the browser’s own errors: quota, a closed database, anything else', async () => {
    const database = await openDatabase(makePorts(makeClock()).factory)
    const throwing = (name: string) =>
      database.transact(['rows'], 'readwrite', async tx => {
        await tx.put('rows', { id: 'x', sealed: new Uint8Array(1) })
        throw new DOMException('', name)
      })
    for (const [name, reason] of [
      ['QuotaExceededError', 'full'],
      ['InvalidStateError', 'gone'],
      ['UnknownError', 'broken'],
    ] as const)
      await assert.rejects(throwing(name), (error: unknown) => (error as StorageError).reason === reason)
    assert.deepEqual(await database.transact(['rows'], 'readonly', tx => tx.keys('rows')), [])
    database.close()
    await assert.rejects(
      database.transact(['rows'], 'readonly', tx => tx.keys('rows')),
      (error: unknown) => (error as StorageError).reason === 'gone',
    )
  })

  test('that was cleared by the browser says that it is fresh', async () => {
    const { ports } = await makeStage()
    const again = await openPhone(ports)
    assert.equal(again.fresh, false)
    const cleared = await openPhone(makePorts(makeClock()))
    assert.equal(cleared.fresh, true)
    assert.equal((await cleared.vault.state()).state, 'none')
  })
})
