import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeParcel, parcelKey, verifyParcel } from '#platform/sync/parcel-format.ts'
import { StorageError } from './database.ts'
import { day } from './expiry.ts'
import {
  closed,
  device,
  finished,
  makeOutboxStage as makeStage,
  makeTransport,
  prfOf,
  refused,
  sealedOf,
  start,
  stateOf,
  states,
} from './make.ts'
import { keptAfterDiscard, keptAfterDone } from './outbox.ts'
import { VaultError } from './vault.ts'

describe('what a person finished', () => {
  test('is signed by this phone, names its maker, and can be read again only unlocked', async () => {
    const { phone, publicKey, raw } = await makeStage()
    const id = await phone.outbox.add(finished({ name: 'Ana' }, { version: 3 }))
    const { subtle } = globalThis.crypto
    const parcel = decodeParcel((await sealedOf(raw, id))!.bytes)
    assert.deepEqual(await verifyParcel(subtle, await parcelKey(subtle, publicKey), parcel), {
      format: 1,
      operation: 'screening.record',
      params: finished(null).params,
      body: { name: 'Ana' },
      key: id,
      version: 3,
      account: device.account,
      assignment: finished(null).assignment,
      purpose: 'identification',
      madeAt: new Date(start).toISOString(),
    })
    assert.deepEqual(await phone.outbox.read(id), finished({ name: 'Ana' }, { version: 3, key: id }))
    phone.vault.lock()
    await assert.rejects(phone.outbox.read(id), VaultError)
    await assert.rejects(phone.outbox.add(finished('x')), VaultError)
    assert.deepEqual(await states(phone), { [id]: 'waiting' })
  })

  test('with a full disk nothing is half kept; sealed copies of what is done make room', async () => {
    const { phone, faults } = await makeStage()
    faults.failing = new StorageError('full')
    await assert.rejects(phone.outbox.add(finished('x')), (error: unknown) => (error as StorageError).reason === 'full')
    faults.failing = undefined
    assert.deepEqual(await phone.outbox.list(), [])
    assert.deepEqual([...(await phone.rows.names())], [])
    const first = await phone.outbox.add(finished('x'))
    await phone.send(makeTransport())
    const guarded = phone.vault.guarded
    let full = true
    phone.vault.guarded = (...all) => {
      if (!full) return guarded(...all)
      full = false
      return Promise.reject(new StorageError('full'))
    }
    const second = await phone.outbox.add(finished('y'))
    assert.deepEqual(Object.keys(await states(phone)), [second])
    assert.notEqual(first, second)
  })
})

describe('a refused parcel', () => {
  test('edited, keeps its id and its place, until that id was used up', async () => {
    const { phone, raw } = await makeStage()
    const id = await phone.outbox.add(finished('bad'))
    const needs = await phone.outbox.add(finished('needs', { after: [id] }))
    await assert.rejects(phone.outbox.edit('unknown', finished('x')), closed('unknown'))
    await phone.send(makeTransport({ deliver: async () => refused() }))
    assert.equal((await stateOf(phone, id))?.open, true)
    const before = (await sealedOf(raw, id))!.bytes
    assert.equal(await phone.outbox.edit(id, finished('better')), id)
    assert.notDeepEqual((await sealedOf(raw, id))!.bytes, before)
    assert.equal((await phone.outbox.read(id))?.body, 'better')
    // It was sent once: until there is an answer nobody knows which wording arrived.
    assert.equal((await stateOf(phone, id))?.open, false)
    await assert.rejects(phone.outbox.edit(id, finished('x')), closed('may-have-arrived'))
    await phone.send(makeTransport({ deliver: async () => refused('bad-key') }))
    const next = await phone.outbox.edit(id, finished('as its own'))
    assert.notEqual(next, id)
    assert.equal(await phone.outbox.read(id), undefined)
    assert.deepEqual((await stateOf(phone, needs))?.needs, [next])
    const transport = makeTransport()
    await phone.send(transport)
    assert.deepEqual(transport.got, [next, needs])
  })

  test('set aside with all that needs it, comes back by undo, and is gone after tidying', async () => {
    const { phone, clock } = await makeStage()
    const id = await phone.outbox.add(finished('bad'))
    const needs = await phone.outbox.add(finished('needs', { after: [id] }))
    const free = await phone.outbox.add(finished('free'))
    await phone.send(makeTransport({ deliver: async one => (one === free ? { state: 'done' } : refused()) }))
    for (const again of [true, false]) {
      const ids = await phone.outbox.discard(id)
      assert.deepEqual(ids, [id, needs])
      const transport = makeTransport()
      await phone.send(transport)
      assert.deepEqual(transport.got, [])
      if (!again) break
      await phone.outbox.undo(ids)
      assert.deepEqual(await states(phone), { [id]: 'refused', [needs]: 'held', [free]: 'done' })
    }
    await phone.outbox.tidy()
    assert.equal((await states(phone))[id], 'discarded')
    clock.now += keptAfterDiscard
    await phone.outbox.tidy()
    assert.deepEqual(await states(phone), { [free]: 'done' })
    await assert.rejects(phone.outbox.undo([id]), closed('closed'))
  })

  test('set aside without what needs it and has arrived from a phone that was ended', async () => {
    const { phone } = await makeStage()
    const id = await phone.outbox.add(finished('bad'))
    const needs = await phone.outbox.add(finished('needs', { after: [id] }))
    await phone.send({
      welcome: async () => 'revoked',
      deliver: async (_, one) => (one === id ? refused() : { state: 'quarantined' }),
    })
    assert.deepEqual(await phone.outbox.discard(id), [id])
    assert.deepEqual(await states(phone), { [id]: 'discarded', [needs]: 'quarantined' })
  })

  test('is the only one, with what was never sent, that may be discarded', async () => {
    const { phone } = await makeStage()
    const fresh = await phone.outbox.add(finished('x'))
    await phone.outbox.undo(await phone.outbox.discard(fresh))
    await phone.send(makeTransport({ deliver: async () => 'unreachable' }))
    await assert.rejects(phone.outbox.discard(fresh), closed('may-have-arrived'))
    await phone.outbox.retry(fresh)
    await assert.rejects(phone.outbox.discard(fresh), closed('may-have-arrived'))
  })
})

describe('what is done', () => {
  test('is sent again, once, to a server that was restored, and forgotten after 14 days', async () => {
    const { phone, clock } = await makeStage()
    const early = await phone.outbox.add(finished(1))
    await phone.send(makeTransport({}, () => clock.now))
    clock.pass(day)
    await phone.vault.unlock({ prf: prfOf(1) })
    const late = await phone.outbox.add(finished(2))
    await phone.send(makeTransport({}, () => clock.now))
    assert.equal(await phone.outbox.again(start + day / 2), 1)
    const transport = makeTransport({}, () => clock.now)
    await phone.send(transport)
    assert.deepEqual(transport.got, [late])
    clock.now = start + keptAfterDone
    await phone.outbox.tidy()
    assert.deepEqual(await states(phone), { [late]: 'done' })
    assert.notEqual(early, late)
  })
})
