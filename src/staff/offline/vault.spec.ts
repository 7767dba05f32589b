import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clockTolerance, day, longestSilence, observe } from './expiry.ts'
import {
  Crash,
  device,
  finished,
  makeBus,
  makeClock,
  makeFaults,
  makePorts,
  noSeal,
  otherPhrase,
  phrase,
  prfOf,
  start,
} from './make.ts'
import { weakness } from './passphrase.ts'
import { openPhone, type Phone, type PhoneOptions } from './phone.ts'
import { VaultError } from './vault.ts'

const minute = 60_000
const quick: PhoneOptions = { rounds: 10, seal: noSeal }
const is = (code: string, left?: number) => (error: unknown) =>
  error instanceof VaultError && error.code === code && (left === undefined || error.left === left)

function makeStage(options: PhoneOptions = {}) {
  const clock = makeClock()
  const ports = makePorts(clock)
  const open = (more: PhoneOptions = {}) => openPhone(ports, { ...quick, ...options, ...more })
  return { clock, ports, open }
}
const rowsOn = async (phone: Phone, ports: { factory: IDBFactory }): Promise<number> => {
  phone.close()
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = ports.factory.open('samaan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const count = await new Promise<number>(resolve => {
    const request = db.transaction('rows').objectStore('rows').count()
    request.onsuccess = () => resolve(request.result)
  })
  db.close()
  return count
}

describe('the words that open a phone', () => {
  test('five different words of three letters are the least', () => {
    assert.equal(weakness(phrase), undefined)
    assert.equal(weakness('  Copper LANTERN walks\tunder maple '), undefined)
    assert.equal(weakness('copper lantern walks under'), 'few')
    assert.equal(weakness(''), 'few')
    assert.equal(weakness('1234567890123456789012345'), 'few')
    assert.equal(weakness('copper lantern walks Copper maple'), 'repeated')
    assert.equal(weakness('a b c d e'), 'short')
  })

  test('a weak phrase makes no vault', async () => {
    const { open } = makeStage()
    const phone = await open()
    await assert.rejects(phone.vault.create({ passphrase: 'one two three' }, start), is('weak'))
    assert.equal((await phone.vault.state()).state, 'none')
  })

  test('case, spaces and the encoding of accents do not matter', async () => {
    const { open } = makeStage()
    const phone = await open()
    await phone.vault.create({ passphrase: 'ratón lámpara camina bajo arce' }, start)
    phone.vault.lock()
    await phone.vault.unlock({ passphrase: ' RATO\u0301N  la\u0301mpara camina bajo arce' })
    assert.equal((await phone.vault.state()).state, 'unlocked')
  })
})

describe('a vault', () => {
  test('opens with what it was made with, across reloads, and with nothing else', async () => {
    for (const [right, wrong, kind] of [
      [{ passphrase: phrase }, { passphrase: otherPhrase }, 'passphrase'],
      [{ prf: prfOf(1) }, { prf: prfOf(2) }, 'prf'],
      [{ prf: prfOf(1) }, { passphrase: phrase }, 'prf'],
    ] as const) {
      const { open } = makeStage()
      const first = await open()
      await first.vault.create(right, start, new Uint8Array([7]))
      await first.rows.put({ kind: 'draft', id: 'a', value: 'kept' })
      first.close()
      const second = await open()
      assert.deepEqual(await second.vault.state(), { state: 'locked', kind, hint: new Uint8Array([7]) })
      assert.throws(() => second.vault.keys(), is('locked'))
      await assert.rejects(second.rows.list('draft'), is('locked'))
      await assert.rejects(second.vault.unlock(wrong), is('wrong', 4))
      await second.vault.unlock(right)
      assert.equal((await second.rows.get('draft', 'a'))?.value, 'kept')
    }
  })

  test('its keys can not be exported', async () => {
    const phone = await makeStage().open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    for (const reopened of [false, true]) {
      if (reopened) {
        phone.vault.lock()
        await phone.vault.unlock({ prf: prfOf(1) })
      }
      const { epoch: _, ...keys } = phone.vault.keys()
      for (const key of Object.values(keys)) assert.equal(key.extractable, false)
      assert.deepEqual(keys.signing.usages, ['sign'])
      await assert.rejects(globalThis.crypto.subtle.exportKey('pkcs8', keys.signing))
    }
  })

  test('is not made over another, but after a destruction anew', async () => {
    const phone = await makeStage().open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    await assert.rejects(phone.vault.create({ prf: prfOf(2) }, start), is('exists'))
    await phone.vault.destroy('asked')
    assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'asked' })
    await assert.rejects(phone.vault.unlock({ prf: prfOf(1) }), is('destroyed'))
    await phone.vault.create({ prf: prfOf(2) }, start)
    assert.equal((await phone.vault.state()).state, 'unlocked')
  })
})

describe('wrong tries', () => {
  test('are counted across reloads and destroy at the fifth', async () => {
    const { open, ports } = makeStage()
    let phone = await open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    await phone.rows.put({ kind: 'draft', id: 'a', value: 1 })
    for (const left of [4, 3, 2, 1]) {
      phone.close()
      phone = await open()
      await assert.rejects(phone.vault.unlock({ prf: prfOf(9) }), is('wrong', left))
    }
    phone.close()
    phone = await open()
    await assert.rejects(phone.vault.unlock({ prf: prfOf(9) }), is('destroyed'))
    await assert.rejects(phone.vault.unlock({ prf: prfOf(1) }), is('destroyed'))
    assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'tries' })
    assert.equal(await rowsOn(phone, ports), 0)
  })

  test('a right one sets the count back', async () => {
    const phone = await makeStage().open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    for (let round = 0; round < 3; round++) {
      for (const left of [4, 3, 2, 1]) await assert.rejects(phone.vault.unlock({ prf: prfOf(9) }), is('wrong', left))
      await phone.vault.unlock({ prf: prfOf(1) })
    }
  })

  test('a power cut during a try does not give it back', async () => {
    const { open } = makeStage()
    const phone = await open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    phone.close()
    for (let cut = 0; cut < 5; cut++) {
      const faults = makeFaults()
      // The first write of a try is the count; the power goes right behind it, before anything is checked.
      faults.at = 1
      faults.when = 'after'
      const cutOff = await open({ through: faults.through })
      await assert.rejects(cutOff.vault.unlock({ prf: prfOf(9) }), Crash)
      cutOff.close()
    }
    const last = await open()
    await assert.rejects(last.vault.unlock({ prf: prfOf(1) }), is('destroyed'))
  })

  test('six at once in two tabs are no more than five', async () => {
    const { open } = makeStage()
    const [one, two] = [await open(), await open()]
    await one.vault.create({ prf: prfOf(1) }, start)
    one.vault.lock()
    const tries = [one, two, one, two, one, two].map(tab => tab.vault.unlock({ prf: prfOf(9) }))
    const codes = (await Promise.allSettled(tries)).map(one => (one as { reason: VaultError }).reason.code)
    assert.deepEqual(codes.sort(), ['destroyed', 'destroyed', 'wrong', 'wrong', 'wrong', 'wrong'])
    await assert.rejects(two.vault.unlock({ prf: prfOf(1) }), is('destroyed'))
  })
})

describe('locking', () => {
  test('five idle minutes lock, by either clock; touching begins them anew', async () => {
    for (const how of ['both', 'wall', 'steady'] as const) {
      const { clock, open } = makeStage()
      const phone = await open()
      await phone.vault.create({ prf: prfOf(1) }, start)
      clock.pass(4 * minute)
      phone.vault.touch()
      clock.pass(4 * minute)
      assert.ok(phone.vault.keys())
      if (how === 'both') clock.pass(minute)
      if (how === 'wall') clock.now += minute
      // The phone's clock is held still or put back: the steady one counts.
      if (how === 'steady') {
        clock.steady += minute
        clock.now -= 30 * minute
      }
      assert.throws(() => phone.vault.keys(), is('locked'), how)
    }
  })

  test('one tab that locks, locks all; a lock during an unlocking holds', async () => {
    const clock = makeClock()
    const bus = makeBus()
    const ports = makePorts(clock)
    const [one, two] = [
      await openPhone({ ...ports, channel: bus() }, quick),
      await openPhone({ ...ports, channel: bus() }, quick),
    ]
    await one.vault.create({ prf: prfOf(1) }, start)
    await two.vault.unlock({ prf: prfOf(1) })
    one.vault.lock()
    assert.throws(() => two.vault.keys(), is('locked'))
    const unlocking = two.vault.unlock({ prf: prfOf(1) })
    one.vault.lock()
    await assert.rejects(unlocking, is('locked'))
    assert.throws(() => two.vault.keys(), is('locked'))
  })

  test('a tab without word of it writes nothing after another destroyed the vault', async () => {
    const { open } = makeStage()
    const [one, two] = [await open(), await open()]
    await one.vault.create({ prf: prfOf(1) }, start)
    await two.vault.unlock({ prf: prfOf(1) })
    await two.enrol(device)
    await one.vault.destroy('revoked')
    await assert.rejects(two.rows.put({ kind: 'draft', id: 'a', value: 1 }), is('locked'))
    await assert.rejects(two.outbox.add(finished('x')), is('locked'))
    await two.vault.tick()
    assert.throws(() => two.vault.keys(), is('locked'))
  })
})

describe('silence', () => {
  test('after 14 days the vault is gone, at the next look, locked or not', async () => {
    for (const look of ['tick', 'unlock', 'tick unlocked'] as const) {
      const { clock, open, ports } = makeStage()
      const phone = await open()
      await phone.vault.create({ prf: prfOf(1) }, start)
      await phone.rows.put({ kind: 'draft', id: 'a', value: 1 })
      if (look !== 'tick unlocked') phone.vault.lock()
      clock.pass(longestSilence - 1)
      await phone.vault.tick()
      assert.equal((await phone.vault.state()).state, 'locked')
      clock.pass(1)
      if (look === 'unlock') await assert.rejects(phone.vault.unlock({ prf: prfOf(1) }), is('destroyed'))
      else await phone.vault.tick()
      assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'silence' })
      assert.equal(await rowsOn(phone, ports), 0)
    }
  })

  test('contact begins the days anew; an answer older than the last does not', async () => {
    const { clock, open } = makeStage()
    const phone = await open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    clock.pass(13 * day)
    await phone.vault.contact(start + 13 * day)
    clock.pass(13 * day)
    await phone.vault.tick()
    assert.equal((await phone.vault.state()).state, 'locked')
    await phone.vault.contact(start + day)
    clock.pass(2 * day)
    await phone.vault.tick()
    assert.equal((await phone.vault.state()).state, 'destroyed')
  })

  test('a server that was met too late destroys, whatever the phone’s clock says', async () => {
    const { open } = makeStage()
    const phone = await open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    await phone.vault.contact(start + longestSilence)
    assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'silence' })
  })

  test('a clock that was put back opens nothing until it is right again or the server was met', async () => {
    const { clock, open } = makeStage()
    const phone = await open()
    await phone.vault.create({ prf: prfOf(1) }, start)
    clock.pass(10 * day)
    await phone.vault.tick()
    clock.now -= 9 * day
    for (let tries = 0; tries < 6; tries++) await assert.rejects(phone.vault.unlock({ prf: prfOf(1) }), is('clock'))
    clock.now += 9 * day
    await phone.vault.unlock({ prf: prfOf(1) })
    clock.now -= 9 * day
    await phone.vault.tick()
    assert.throws(() => phone.vault.keys(), is('locked'))
    await phone.vault.contact(start + 10 * day)
    await phone.vault.unlock({ prf: prfOf(1) })
  })

  test('no sequence of clock settings that is looked at lengthens the silence', () => {
    // A linear congruential generator: the same sequences at every run.
    let state = 7
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      return state / 2 ** 31
    }
    for (let round = 0; round < 2000; round++) {
      let shown = start
      let contact = { server: start, elapsed: 0, seen: start }
      let verdict = 'good'
      for (let step = 0; step < 60 && verdict !== 'expired'; step++) {
        const passed = random() * day
        // Set back by what one will, at most to what was seen last: further back opens nothing.
        shown = random() < 0.5 ? shown + passed : contact.seen - random() * clockTolerance
        const before = contact.elapsed
        ;({ contact, verdict } = observe(contact, shown, random() < 0.5 ? passed : 0))
        assert.ok(contact.elapsed >= before)
        if (verdict === 'good') assert.ok(contact.elapsed < longestSilence)
      }
      // Honest time is never undercounted when the clock was left alone.
      let honest = { server: start, elapsed: 0, seen: start }
      for (let at = start; at < start + longestSilence; at += random() * day) honest = observe(honest, at, 0).contact
      assert.equal(observe(honest, start + longestSilence, 0).verdict, 'expired')
    }
  })
})

describe('a destruction that is cut off', () => {
  test('is brought to its end when the phone is next opened', async () => {
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= 2; at++) {
        const { open, ports } = makeStage()
        const first = await open()
        await first.vault.create({ prf: prfOf(1) }, start)
        await first.rows.put({ kind: 'draft', id: 'a', value: 1 })
        first.close()
        const faults = makeFaults()
        faults.at = at
        faults.when = when
        const cutOff = await open({ through: faults.through })
        await assert.rejects(cutOff.vault.destroy('revoked'), Crash)
        cutOff.close()
        const phone = await open()
        const { state } = await phone.vault.state()
        // Cut off before its first write it did not happen: the server will say so again.
        assert.equal(state, at === 1 && when === 'before' ? 'locked' : 'destroyed')
        assert.equal(await rowsOn(phone, ports), state === 'locked' ? 1 : 0)
      }
  })
})
