import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeParcel } from '#platform/sync/parcel-format.ts'
import { StorageError } from './database.ts'
import { day } from './expiry.ts'
import {
  closed,
  device,
  finished,
  makeOutboxStage as makeStage,
  makeTransport,
  noSeal,
  prfOf,
  refused,
  sealedOf,
  start,
  stateOf,
  states,
} from './make.ts'
import type { Delivery, Transport } from './outbox-send.ts'
import { retry } from './outbox-states.ts'
import { openPhone } from './phone.ts'
import { VaultError } from './vault.ts'

describe('sending', () => {
  test('goes in order, locked too, and keeps codes only', async () => {
    const { phone, raw } = await makeStage()
    const ids = [
      await phone.outbox.add(finished(1)),
      await phone.outbox.add(finished(2)),
      await phone.outbox.add(finished(3)),
    ]
    phone.vault.lock()
    const transport = makeTransport({
      deliver: async id =>
        id === ids[1]
          ? {
              state: 'refused',
              code: 'Ana was here',
              fields: [
                { field: 'body.name', code: 'required' },
                { field: 'Ana Peña', code: 'Not A Code' },
              ],
            }
          : { state: 'done' },
    })
    assert.deepEqual(await phone.send(transport), {
      outcome: 'sent',
      done: 2,
      refused: 1,
      quarantined: 0,
      unanswered: 0,
    })
    assert.deepEqual(transport.got, ids)
    const item = await stateOf(phone, ids[1]!)
    assert.equal(item?.code, 'refused')
    assert.deepEqual(item?.fields, [
      { field: 'body.name', code: 'required' },
      { field: '', code: 'wrong' },
    ])
    // Kept sealed for a server that is restored from a backup.
    assert.ok(await sealedOf(raw, ids[0]!))
    assert.deepEqual((await phone.send(transport)).done, 0)
  })

  test('one that is refused or unanswered holds up only what needs it', async () => {
    const { phone, clock } = await makeStage()
    const bad = await phone.outbox.add(finished('bad'))
    const needs = await phone.outbox.add(finished('needs', { after: [bad, 'not-known'] }))
    const needsThat = await phone.outbox.add(finished('needs that', { after: [needs] }))
    const free = await phone.outbox.add(finished('free'))
    const answers: Delivery[] = ['unreachable', refused(), { state: 'done' }]
    const transport = makeTransport({ deliver: async id => (id === bad ? answers.shift()! : { state: 'done' }) })
    await phone.send(transport)
    assert.deepEqual(await states(phone), { [bad]: 'waiting', [needs]: 'held', [needsThat]: 'held', [free]: 'done' })
    assert.deepEqual((await stateOf(phone, needs))?.needs, [bad])
    clock.pass(retry.longest)
    await phone.send(transport)
    assert.equal((await states(phone))[bad], 'refused')
    await phone.vault.unlock({ prf: prfOf(1) })
    await phone.outbox.edit(bad, finished('good'))
    await phone.send(transport)
    assert.deepEqual(new Set(Object.values(await states(phone))), new Set(['done']))
    assert.deepEqual(transport.got, [bad, free, bad, bad, needs, needsThat])
  })

  test('an answer that is lost is asked for again under the same id, later and later, then once a day', async () => {
    const { phone, clock } = await makeStage()
    const id = await phone.outbox.add(finished('x'))
    const transport = makeTransport({
      deliver: async () => {
        throw new TypeError('network')
      },
    })
    const waits: number[] = []
    for (let tries = 1; tries <= retry.most + 2; tries++) {
      await phone.send(transport)
      assert.equal(transport.got.length, tries)
      const item = await stateOf(phone, id)
      assert.equal(item?.state, tries >= retry.most ? 'stuck' : 'waiting')
      waits.push(item!.nextTryAt - clock.now)
      await phone.send(transport)
      assert.equal(transport.got.length, tries, 'not before its time')
      clock.pass(item!.nextTryAt - clock.now)
    }
    assert.deepEqual(waits.slice(0, 3), [3750, 7500, 15_000])
    assert.ok(waits.every((wait, at) => at === 0 || wait >= waits[at - 1]!))
    assert.equal(waits.at(-1), retry.stuck)
    assert.deepEqual(new Set(transport.got), new Set([id]))
    await phone.outbox.retry(id)
    await phone.send(makeTransport())
    assert.equal((await states(phone))[id], 'done')
  })

  test('without signal no try is used up, and a clock that was put back delays nothing', async () => {
    const { phone, clock } = await makeStage()
    const id = await phone.outbox.add(finished('x'))
    const away = makeTransport({ welcome: async () => 'unreachable' })
    for (let run = 0; run < 50; run++) assert.equal((await phone.send(away)).outcome, 'unreachable')
    assert.deepEqual(away.got, [])
    assert.equal((await stateOf(phone, id))?.tries, 0)
    await phone.send(makeTransport({ deliver: async () => 'unreachable' }))
    clock.now -= 400 * day
    await phone.send(makeTransport())
    assert.equal((await states(phone))[id], 'done')
  })

  test('two tabs send one at a time, and no parcel twice at once', async () => {
    const { phone, open } = await makeStage()
    const other = await open()
    for (let n = 0; n < 5; n++) await phone.outbox.add(finished(n))
    let under = 0
    const transport = makeTransport({
      deliver: async () => {
        assert.equal(++under, 1)
        await new Promise(resolve => setImmediate(resolve))
        under--
        return { state: 'done' }
      },
    })
    const outcomes = await Promise.all([phone.send(transport), other.send(transport), phone.send(transport)])
    assert.deepEqual(outcomes.map(one => one.outcome).sort(), ['busy', 'busy', 'sent'])
    assert.equal(transport.got.length, 5)
    assert.equal(new Set(transport.got).size, 5)
  })

  test('what is edited in the moment before it goes, goes as edited', async () => {
    const { ports, phone } = await makeStage()
    const id = await phone.outbox.add(finished('old'))
    const edits: string[] = []
    const sender = await openPhone(ports, {
      seal: noSeal,
      through: database => ({
        ...database,
        async transact(stores, mode, work) {
          if (mode === 'readwrite' && stores.includes('sealed') && edits.length === 0)
            edits.push(await phone.outbox.edit(id, finished('new')))
          return database.transact(stores, mode, work)
        },
      }),
    })
    const bodies: unknown[] = []
    const deliver = async (_: string, bytes: Uint8Array): Promise<Delivery> => {
      bodies.push(decodeParcel(bytes).content.body)
      return { state: 'done' }
    }
    await sender.send(makeTransport({ deliver }))
    assert.deepEqual([edits, bodies], [[id], ['new']])
    assert.deepEqual(await states(phone), { [id]: 'done' })
  })

  test('damaged bytes are never sent', async () => {
    const { phone, raw } = await makeStage()
    const id = await phone.outbox.add(finished('x'))
    await raw.transact(['sealed'], 'readwrite', tx => tx.put('sealed', { id, bytes: new Uint8Array(9) }))
    const transport = makeTransport()
    await phone.send(transport)
    assert.deepEqual(transport.got, [])
    const item = await stateOf(phone, id)
    assert.deepEqual([item?.state, item?.code], ['stuck', 'damaged'])
  })

  test('with a full disk only what is known to have been sent is sent', async () => {
    const { phone, faults, clock } = await makeStage()
    const sentBefore = await phone.outbox.add(finished('x'))
    await phone.send(makeTransport({ deliver: async () => 'unreachable' }))
    const fresh = await phone.outbox.add(finished('y'))
    clock.pass(day)
    const filling = makeTransport()
    const deliver = filling.deliver
    filling.deliver = (...all) => {
      faults.failing = new StorageError('full')
      return deliver(...all)
    }
    assert.equal((await phone.send(filling)).outcome, 'full')
    assert.deepEqual(filling.got, [sentBefore])
    faults.failing = undefined
    // The answer could not be written down: asked for again, under the same id.
    const after = makeTransport()
    await phone.send(after)
    assert.deepEqual(after.got, [sentBefore, fresh])
  })

  test('a revoked phone loses its key and still hands in what was finished', async () => {
    const { phone, raw } = await makeStage()
    const bad = await phone.outbox.add(finished('bad'))
    await phone.send(makeTransport({ deliver: async () => refused() }))
    // Held by what nobody will mend any more: it goes all the same.
    const id = await phone.outbox.add(finished('x', { after: [bad] }))
    const transport = makeTransport({ welcome: async () => 'revoked', deliver: async () => ({ state: 'quarantined' }) })
    assert.equal((await phone.send(transport)).outcome, 'revoked')
    assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'revoked' })
    assert.deepEqual(await states(phone), { [bad]: 'refused', [id]: 'quarantined' })
    assert.deepEqual(await raw.transact(['rows'], 'readonly', tx => tx.keys('rows')), [])
  })

  test('a phone that was prepared anew hands in what its last keys signed, as the device it was then', async () => {
    const { phone, publicKey } = await makeStage()
    const first = await phone.outbox.add(finished('x'))
    await phone.vault.destroy('asked')
    assert.notDeepEqual(await phone.vault.create({ prf: prfOf(2) }, start), publicKey)
    // Not before the server knows the new key: what it signs could not be checked.
    await assert.rejects(phone.outbox.add(finished('y')), closed('not-enrolled'))
    await phone.enrol({ ...device, id: 'second' })
    const second = await phone.outbox.add(finished('y', { after: [first] }))
    const by: string[][] = []
    const transport: Transport = {
      welcome: async one => (one.id === device.id ? 'revoked' : { time: start }),
      deliver: async (one, id) => {
        by.push([one.id, id])
        return { state: one.id === device.id ? 'quarantined' : 'done' }
      },
    }
    await phone.send(transport)
    assert.deepEqual(by, [
      [device.id, first],
      ['second', second],
    ])
    // The end of the device that was is not the end of the phone's new vault.
    assert.equal((await phone.vault.state()).state, 'unlocked')
    assert.equal((await phone.device())?.id, 'second')
  })

  test('when the present device is ended, what an earlier one holds back goes too: nobody will mend it', async () => {
    const { phone } = await makeStage()
    const bad = await phone.outbox.add(finished('bad'))
    await phone.send(makeTransport({ deliver: async () => refused() }))
    const held = await phone.outbox.add(finished('x', { after: [bad] }))
    await phone.vault.destroy('asked')
    await phone.vault.create({ prf: prfOf(2) }, start)
    await phone.enrol({ ...device, id: 'second' })
    const transport = (answer: 'revoked' | { time: number }): Transport & { got: string[] } => {
      const got: string[] = []
      return {
        got,
        welcome: async one => (one.id === 'second' ? answer : { time: start }),
        deliver: async (_, id) => {
          got.push(id)
          return refused('not-found')
        },
      }
    }
    const before = transport({ time: start })
    assert.equal((await phone.send(before)).outcome, 'sent')
    assert.deepEqual(before.got, [])
    const after = transport('revoked')
    assert.equal((await phone.send(after)).outcome, 'revoked')
    assert.deepEqual(after.got, [held])
  })

  test('what such a phone sent without an answer goes again when it is welcome again, whatever it needs', async () => {
    const { phone, clock } = await makeStage()
    const bad = await phone.outbox.add(finished('bad'))
    const needs = await phone.outbox.add(finished('needs', { after: [bad] }))
    const ended: Transport = {
      welcome: async () => 'revoked',
      deliver: async (_, id) => (id === bad ? refused() : 'unreachable'),
    }
    await phone.send(ended)
    assert.deepEqual(await states(phone), { [bad]: 'refused', [needs]: 'waiting' })
    // It may have been done, so that neither can be set aside yet.
    await assert.rejects(phone.outbox.discard(bad), { code: 'may-have-arrived' })
    clock.pass(retry.longest)
    const again = makeTransport({ deliver: async () => refused('not-found') }, () => clock.now)
    await phone.send(again)
    assert.deepEqual(again.got, [needs])
    assert.deepEqual(await phone.outbox.discard(bad), [bad, needs])
  })

  test('a phone that is refused in the middle keeps its parcels', async () => {
    const { phone } = await makeStage()
    const id = await phone.outbox.add(finished('x'))
    assert.equal((await phone.send(makeTransport({ deliver: async () => 'revoked' }))).outcome, 'revoked')
    assert.equal((await phone.vault.state()).state, 'destroyed')
    assert.deepEqual(await states(phone), { [id]: 'waiting' })
  })

  test('every wrong secret and 30 days of silence leave the parcels, which then arrive', async () => {
    for (const end of ['tries', 'silence'] as const) {
      const { phone, clock } = await makeStage()
      const id = await phone.outbox.add(finished('x'))
      phone.vault.lock()
      if (end === 'silence') clock.pass(30 * day)
      for (let tries = 0; tries < 6; tries++) await assert.rejects(phone.vault.unlock({ prf: prfOf(9) }), VaultError)
      assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: end })
      await phone.send(makeTransport({}, () => clock.now))
      assert.deepEqual(await states(phone), { [id]: 'done' })
    }
  })
})
