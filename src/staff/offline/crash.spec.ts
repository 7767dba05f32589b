import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeParcel } from '#platform/sync/parcel-format.ts'
import { Crash, device, type Faults, finished, makeClock, makeFaults, makePorts, noSeal, prfOf, start } from './make.ts'
import { OutboxError } from './outbox.ts'
import type { Transport } from './outbox-send.ts'
import { retry } from './outbox-states.ts'
import { openPhone, type Phone } from './phone.ts'

/** A server that does each id once, refuses what says "bad", and counts what it did by the text in it. */
function makeServer() {
  const did = new Map<string, string>()
  const effects = new Map<string, number>()
  const transport: Transport = {
    welcome: async () => ({ time: start }),
    async deliver(_, id, bytes) {
      const text = String(decodeParcel(bytes).content.body)
      const before = did.get(id)
      if (before !== undefined) return before === text ? { state: 'done' } : { state: 'refused', code: 'bad-key' }
      if (text.startsWith('bad')) return { state: 'refused', code: 'invalid' }
      did.set(id, text)
      effects.set(text, (effects.get(text) ?? 0) + 1)
      return { state: 'done' }
    },
  }
  return { transport, effects }
}

/** What an officer does on one day; what was acknowledged is written into `said`. */
async function day(phone: Phone, transport: Transport, said: Set<string>): Promise<void> {
  const add = async (text: string, after: string[] = []) => {
    const id = await phone.outbox.add(finished(text, { after }))
    said.add(text)
    return id
  }
  const bad = await add('bad one')
  await add('needs it', [bad])
  await phone.send(transport)
  await phone.outbox.edit(bad, finished('mended'))
  said.delete('bad one')
  said.add('mended')
  const extra = await add('extra')
  await phone.outbox.undo(await phone.outbox.discard(extra))
  await phone.send(transport)
  await add('last')
  await phone.outbox.tidy()
  await phone.send(transport)
}

async function open(ports: ReturnType<typeof makePorts>, faults?: Faults): Promise<Phone> {
  const phone = await openPhone(ports, { seal: noSeal, ...(faults ? { through: faults.through } : {}) })
  await phone.vault.unlock({ prf: prfOf(1) })
  return phone
}

/** The power goes at the n-th write; then the phone is opened again and everything is sent. */
async function cutAt(at: number, when: 'before' | 'after') {
  const clock = makeClock()
  const ports = makePorts(clock)
  const prepared = await openPhone(ports, { seal: noSeal })
  await prepared.vault.create({ prf: prfOf(1) }, start)
  await prepared.enrol(device)
  prepared.close()
  const { transport, effects } = makeServer()
  const said = new Set<string>()
  const faults = makeFaults()
  const cutOff = await open(ports, faults)
  faults.writes = 0
  Object.assign(faults, { at, when })
  const ended = await day(cutOff, transport, said).then(
    () => 'whole',
    error => {
      if (!(error instanceof Crash)) throw error
      return 'cut'
    },
  )
  cutOff.close()
  const phone = await open(ports)
  clock.pass(retry.longest)
  await phone.vault.unlock({ prf: prfOf(1) })
  // The officer looks: what is refused is mended, what was set aside comes back.
  await phone.send(transport)
  for (const item of await phone.outbox.list()) {
    if (item.state === 'discarded') await phone.outbox.undo([item.id])
    if (item.state === 'refused') await phone.outbox.edit(item.id, finished('mended'))
    // Mended here, or just before the power went.
    if ((await phone.outbox.read(item.id))?.body !== 'mended') continue
    said.delete('bad one')
    said.add('mended')
  }
  await phone.send(transport)
  return { ended, said, effects, phone, writes: faults.writes }
}

describe('the power goes', () => {
  test('at every write of a day, before or behind it: nothing acknowledged is lost, nothing is done twice', async () => {
    let cuts = 0
    for (const when of ['before', 'after'] as const)
      for (let at = 1; ; at++) {
        const { ended, said, effects, phone } = await cutAt(at, when)
        for (const text of said) assert.equal(effects.get(text), 1, `${text}, ${when} write ${at}`)
        for (const [text, times] of effects) assert.equal(times, 1, `${text}, ${when} write ${at}`)
        for (const item of await phone.outbox.list()) assert.equal(item.state, 'done', `${when} write ${at}`)
        phone.close()
        if (ended === 'whole') break
        cuts++
      }
    assert.ok(cuts > 40, `${cuts} places to cut`)
  })

  test('during an edit: either the old wording is there or the new one, never both or none', async () => {
    for (const when of ['before', 'after'] as const) {
      const ports = makePorts(makeClock())
      const prepared = await openPhone(ports, { seal: noSeal })
      await prepared.vault.create({ prf: prfOf(1) }, start)
      await prepared.enrol(device)
      const id = await prepared.outbox.add(finished('old'))
      prepared.close()
      const faults = makeFaults()
      const cutOff = await open(ports, faults)
      Object.assign(faults, { writes: 0, at: 1, when })
      await assert.rejects(cutOff.outbox.edit(id, finished('new')), Crash)
      cutOff.close()
      const phone = await open(ports)
      assert.equal((await phone.outbox.read(id))?.body, when === 'before' ? 'old' : 'new')
      assert.equal((await phone.outbox.list()).length, 1)
      await assert.rejects(phone.outbox.edit('none', finished('x')), OutboxError)
    }
  })
})
