import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openDatabase } from './database.ts'
import { device, finished, makeClock, makeFaults, makePorts, makeTransport, noSeal, prfOf, start } from './make.ts'
import { openPhone, type Phone } from './phone.ts'
import { mostKept, type PulledRow, rowsAtOnce, type Source } from './sync.ts'
import { VaultError } from './vault.ts'

/** A server that shows what a test puts into it. */
function makeSource() {
  const shown = new Map<string, { version: string; record: unknown }>()
  const asked: string[] = []
  const source: Source & { failAt: number; calls: number } = {
    failAt: Number.POSITIVE_INFINITY,
    calls: 0,
    async pull(cursor) {
      if (++source.calls >= source.failAt) throw new TypeError('network')
      const now = JSON.stringify([...shown].map(([key, { version }]) => [key, version]))
      if (cursor === now) return { cursor: now, time: start }
      const visible: Record<string, [string, string, string | null][]> = { case: [], referral: [] }
      for (const [key, { version, record }] of shown) {
        const [kind, id] = key.split(' ') as [string, string]
        visible[kind]!.push([id, version, kind === 'case' ? id : ((record as { case?: string }).case ?? null)])
      }
      return { cursor: now, visible, time: start }
    },
    async rows(kind, ids) {
      if (++source.calls >= source.failAt) return 'unreachable'
      asked.push(...ids)
      return ids.flatMap(id => {
        const found = shown.get(`${kind} ${id}`)
        return found ? [{ id, ...found } satisfies PulledRow] : []
      })
    },
  }
  return { source, shown, asked }
}
async function makeStage() {
  const ports = makePorts(makeClock())
  const phone = await openPhone(ports, { seal: noSeal })
  await phone.vault.create({ prf: prfOf(1) }, start)
  await phone.enrol(device)
  return { ports, phone, ...makeSource() }
}
const kept = async (phone: Phone) => (await phone.rows.list('case')).map(one => `${one.id} ${one.version}`).sort()

describe('a pull', () => {
  test('brings what is new, asks only for that, and removes what may no longer be read', async () => {
    const { phone, source, shown, asked } = await makeStage()
    shown.set('case a', { version: '1', record: { n: 1 } })
    shown.set('case b', { version: '1', record: { n: 2 } })
    shown.set('referral r', { version: '1', record: { case: 'a' } })
    assert.deepEqual(await phone.pull(source), { outcome: 'current', changed: 3, removed: 0 })
    assert.deepEqual(await phone.pull(source), { outcome: 'current', changed: 0, removed: 0 })
    shown.set('case b', { version: '2', record: { n: 3 } })
    shown.delete('case a')
    shown.delete('referral r')
    asked.length = 0
    assert.deepEqual(await phone.pull(source), { outcome: 'current', changed: 1, removed: 2 })
    assert.deepEqual(asked, ['b'])
    assert.deepEqual(await kept(phone), ['b 2'])
    assert.deepEqual((await phone.rows.get('case', 'b'))?.value, { n: 3 })
    assert.deepEqual(await phone.rows.list('referral'), [])
  })

  test('keeps 200 of a kind, the first that were named', async () => {
    const { phone, source, shown } = await makeStage()
    for (let n = 0; n < mostKept + 7; n++) shown.set(`case ${n}`, { version: '1', record: n })
    await phone.pull(source)
    const ids = (await phone.rows.list('case')).map(one => Number(one.id)).sort((a, b) => a - b)
    assert.equal(ids.length, mostKept)
    assert.equal(ids.at(-1), mostKept - 1)
  })

  test('takes what an officer wrote about a case with the case, but not what the server has yet to get', async () => {
    const { phone, source, shown } = await makeStage()
    shown.set('case a', { version: '1', record: 1 })
    await phone.pull(source)
    await phone.rows.put({ kind: 'draft', id: 'on a', group: 'a', value: 1 })
    await phone.rows.put({ kind: 'draft', id: 'on new', group: 'new', value: 1 })
    await phone.rows.put({ kind: 'draft', id: 'on none', value: 1 })
    const onA = await phone.outbox.add(finished('x', { group: 'a' }))
    const onNew = await phone.outbox.add(finished('y', { group: 'new' }))
    shown.delete('case a')
    await phone.pull(source)
    const drafts = async () => (await phone.rows.list('draft')).map(one => one.id).sort()
    assert.deepEqual(await drafts(), ['on new', 'on none'])
    assert.equal(await phone.outbox.read(onA), undefined)
    assert.equal((await phone.outbox.read(onNew))?.body, 'y')
    // Both still arrive. Then the copy of the second goes as well: the server does not show its case.
    const transport = makeTransport()
    await phone.send(transport)
    assert.deepEqual(transport.got, [onA, onNew])
    shown.set('case c', { version: '1', record: 1 })
    await phone.pull(source)
    assert.equal(await phone.outbox.read(onNew), undefined)
  })

  test('takes what has arrived about a case that is not shown, also when nothing else changed', async () => {
    const { phone, source, shown } = await makeStage()
    shown.set('case a', { version: '1', record: 1 })
    const onA = await phone.outbox.add(finished('w', { group: 'a' }))
    const onNew = await phone.outbox.add(finished('x', { group: 'new' }))
    const waits = await phone.outbox.add(finished('y', { group: 'new' }))
    await phone.pull(source)
    await phone.send(makeTransport({ deliver: async id => (id === waits ? 'unreachable' : { state: 'done' }) }))
    // Closed to this officer before they pulled it: for the server nothing has changed.
    assert.deepEqual(await phone.pull(source), { outcome: 'current', changed: 0, removed: 1 })
    assert.equal(await phone.outbox.read(onNew), undefined)
    assert.equal((await phone.outbox.read(waits))?.body, 'y')
    assert.equal((await phone.outbox.read(onA))?.body, 'w')
  })

  test('that is cut off anywhere goes on from there, and asks for nothing twice', async () => {
    for (let failAt = 1; failAt <= 5; failAt++) {
      const { phone, source, shown, asked } = await makeStage()
      for (let n = 0; n < 3 * rowsAtOnce; n++) shown.set(`case ${n}`, { version: '1', record: n })
      source.failAt = failAt
      const first = await phone.pull(source)
      assert.equal(first.outcome, failAt === 5 ? 'current' : 'unreachable')
      assert.equal((await kept(phone)).length, Math.max(0, failAt - 2) * rowsAtOnce)
      source.failAt = Number.POSITIVE_INFINITY
      assert.equal((await phone.pull(source)).outcome, 'current')
      assert.equal((await kept(phone)).length, 3 * rowsAtOnce)
      assert.equal(asked.length, 3 * rowsAtOnce)
    }
  })

  test('that was cut off does not take an old state for the present one', async () => {
    const { phone, source, shown } = await makeStage()
    shown.set('case a', { version: '1', record: 1 })
    await phone.pull(source)
    shown.delete('case a')
    shown.set('case b', { version: '1', record: 1 })
    source.failAt = source.calls + 2
    assert.equal((await phone.pull(source)).outcome, 'unreachable')
    assert.deepEqual(await kept(phone), [])
    // The server shows exactly what it showed at the last cursor.
    shown.delete('case b')
    shown.set('case a', { version: '1', record: 1 })
    source.failAt = Number.POSITIVE_INFINITY
    await phone.pull(source)
    assert.deepEqual(await kept(phone), ['a 1'])
  })

  test('a page is whole or not at all, wherever the power goes', async () => {
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at <= 6; at++) {
        const { ports, source, shown } = await makeStage()
        for (let n = 0; n < 2 * rowsAtOnce; n++) shown.set(`case ${n}`, { version: '1', record: n })
        const faults = makeFaults()
        const cutOff = await openPhone(ports, { seal: noSeal, through: faults.through })
        await cutOff.vault.unlock({ prf: prfOf(1) })
        faults.writes = 0
        faults.at = at
        faults.when = when
        await cutOff.pull(source).catch(() => undefined)
        cutOff.close()
        const phone = await openPhone(ports, { seal: noSeal })
        await phone.vault.unlock({ prf: prfOf(1) })
        assert.equal((await kept(phone)).length % rowsAtOnce, 0)
        await phone.pull(source)
        assert.equal((await kept(phone)).length, 2 * rowsAtOnce)
      }
  })

  test('a record that went between the list and its reading is removed', async () => {
    const { phone, source, shown } = await makeStage()
    shown.set('case a', { version: '1', record: 1 })
    await phone.pull(source)
    shown.set('case a', { version: '2', record: 2 })
    const rows = source.rows
    source.rows = (kind, ids) => {
      shown.delete('case a')
      return rows(kind, ids)
    }
    await phone.pull(source)
    assert.deepEqual(await kept(phone), [])
  })

  test('needs an unlocked phone; a revoked one loses its key, in the middle too', async () => {
    for (const where of ['pull', 'rows'] as const) {
      const { phone, source, shown, ports } = await makeStage()
      shown.set('case a', { version: '1', record: 1 })
      await phone.pull(source)
      shown.set('case a', { version: '2', record: 1 })
      phone.vault.lock()
      await assert.rejects(phone.pull(source), VaultError)
      await phone.vault.unlock({ prf: prfOf(1) })
      source[where] = async () => 'revoked'
      assert.equal((await phone.pull(source)).outcome, 'revoked')
      assert.deepEqual(await phone.vault.state(), { state: 'destroyed', reason: 'revoked' })
      const raw = await openDatabase(ports.factory)
      assert.deepEqual(await raw.transact(['rows'], 'readonly', tx => tx.keys('rows')), [])
    }
  })

  test('a page that arrives after another tab destroyed the vault is not kept', async () => {
    const { phone, source, shown, ports } = await makeStage()
    const other = await openPhone(ports, { seal: noSeal })
    shown.set('case a', { version: '1', record: 1 })
    const rows = source.rows
    source.rows = async (kind, ids) => {
      await other.vault.destroy('revoked')
      return rows(kind, ids)
    }
    await assert.rejects(phone.pull(source), VaultError)
    const raw = await openDatabase(ports.factory)
    assert.deepEqual(await raw.transact(['rows'], 'readonly', tx => tx.keys('rows')), [])
  })

  test('two tabs do not pull at once', async () => {
    const { phone, source, shown, ports } = await makeStage()
    const other = await openPhone(ports, { seal: noSeal })
    await other.vault.unlock({ prf: prfOf(1) })
    shown.set('case a', { version: '1', record: 1 })
    const outcomes = await Promise.all([phone.pull(source), other.pull(source)])
    assert.deepEqual(outcomes.map(one => one.outcome).sort(), ['busy', 'current'])
  })
})
