import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { markOf, ofCase } from '#platform/sync/marks.ts'
import { day } from './expiry.ts'
import { isChange } from './forget.ts'
import { device, finished, makeBus, makeClock, makePorts, makeTransport, noSeal, prfOf, start } from './make.ts'
import { openPhone } from './phone.ts'

/** A prepared phone with two cases from the server, and a server that shows a phone what it is told to. */
async function makeStage() {
  const clock = makeClock()
  const bus = makeBus()
  const heard: unknown[] = []
  bus().addEventListener('message', ({ data }) => heard.push(data))
  const phone = await openPhone(makePorts(clock, { channel: bus() }), { seal: noSeal })
  await phone.vault.create({ prf: prfOf(1) }, start)
  await phone.enrol(device)
  const shown = new Set(['a', 'b'])
  let pulls = 0
  const source = {
    pull: async (cursor: string | undefined) => {
      pulls += 1
      const now = [...shown].join()
      const visible = { case: [...shown].map(id => [id, '1', id] as const) }
      return { cursor: now, time: clock.now, ...(cursor === now ? {} : { visible }) }
    },
    rows: async (_: string, ids: readonly string[]) => ids.map(id => ({ id, version: '1', record: `of ${id}` })),
  }
  const asked: unknown[] = []
  const transport = makeTransport({}, () => clock.now)
  transport.welcome = async (_, asking) => {
    asked.push(asking)
    const cursor = [...shown].join()
    if (!asking || asking.known === cursor) return { time: clock.now }
    const names = [...shown].flatMap(id => [['case', id] as const, [ofCase, id] as const])
    const marks = await Promise.all(names.map(([kind, id]) => markOf(crypto.subtle, asking.salt, kind, id)))
    return { time: clock.now, told: { cursor, marks: new Set(marks) } }
  }
  await phone.pull(source)
  heard.length = 0
  const meet = () => phone.send(transport)
  const kept = async () => [...(await phone.rows.names()).values()].map(one => `${one.kind} ${one.id}`).sort()
  return { clock, phone, shown, source, asked, heard, meet, kept, pulls: () => pulls, transport }
}

describe('what may no longer be read', () => {
  test('leaves a locked phone as soon as it meets the server, with what was written about it', async () => {
    const { phone, shown, meet, kept, heard } = await makeStage()
    await phone.rows.put({ kind: 'draft', id: 'on a', group: 'a', value: 1 })
    await phone.rows.put({ kind: 'draft', id: 'on b', group: 'b', value: 1 })
    await phone.rows.put({ kind: 'answer', id: 'of the country', value: 1 })
    phone.vault.lock()
    shown.delete('a')
    await meet()
    assert.ok(heard.some(isChange))
    await phone.vault.unlock({ prf: prfOf(1) })
    assert.deepEqual(await kept(), ['answer of the country', 'case b', 'draft on b'])
  })

  test('comes back with a pull when it is shown again, though the list is the one before', async () => {
    const { phone, shown, source, meet, kept } = await makeStage()
    shown.delete('a')
    await meet()
    shown.clear()
    for (const id of ['a', 'b']) shown.add(id)
    assert.equal((await phone.pull(source)).changed, 1)
    assert.deepEqual(await kept(), ['case a', 'case b'])
  })

  test('is asked for by what was told last, so that nothing is told twice', async () => {
    const { phone, shown, asked, meet } = await makeStage()
    const salt = phone.vault.keys().epoch
    await meet()
    shown.delete('a')
    await meet()
    await meet()
    assert.deepEqual(asked, [
      { salt, known: 'a,b' },
      { salt, known: 'a,b' },
      { salt, known: 'b' },
    ])
  })

  test('does not take a case that was begun here; once that has arrived and is closed, its copy goes', async () => {
    const { phone, shown, meet, kept, transport } = await makeStage()
    const id = await phone.outbox.add(finished({ name: 'x' }, { group: 'new' }))
    transport.deliver = async () => 'unreachable'
    shown.delete('a')
    await meet()
    assert.deepEqual(await kept(), ['case b', `outbox ${id}`])
    await phone.outbox.retry(id)
    transport.deliver = async () => ({ state: 'done' })
    await meet()
    shown.add('c')
    await meet()
    assert.deepEqual(await kept(), ['case b'])
  })

  test('is not taken for more by an answer that is older than the copy', async () => {
    const { phone, shown, source, clock, meet, kept, transport } = await makeStage()
    const late = await transport.welcome(
      { ...device, epoch: phone.vault.keys().epoch },
      { salt: phone.vault.keys().epoch },
    )
    clock.pass(1000)
    shown.add('c')
    await phone.pull(source)
    transport.welcome = async () => late
    await meet()
    assert.deepEqual(await kept(), ['case a', 'case b', 'case c'])
  })

  test('ends with the key where the silence was too long, though the server is met then', async () => {
    const { phone, clock, meet } = await makeStage()
    clock.pass(15 * day)
    await meet()
    assert.equal((await phone.vault.state()).state, 'destroyed')
  })
})
