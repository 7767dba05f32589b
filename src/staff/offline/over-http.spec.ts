import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { device } from './make.ts'
import { sourceBy, transportBy } from './over-http.ts'

const known = { ...device, epoch: 'e' }
/** fetch that answers as told and remembers what it was asked. */
function makeFetch(status: number, body: unknown) {
  const asked: { path: string; init: RequestInit }[] = []
  const send = (async (path: string, init: RequestInit) => {
    asked.push({ path, init })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(text, { status })
  }) as typeof fetch
  return { send, asked }
}

describe('parcels by HTTP', () => {
  test('carry the device’s credential, no cookie, and the sealed bytes', async () => {
    const { send, asked } = makeFetch(200, { id: 'a', state: 'done' })
    const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => at)
    assert.deepEqual(await transportBy(send).deliver(known, 'a', bytes), { state: 'done' })
    const { path, init } = asked[0]!
    assert.equal(path, '/api/sync/parcels')
    assert.equal(init.credentials, 'omit')
    assert.equal((init.headers as Record<string, string>).authorization, `Device ${known.id}.${known.credential}`)
    const sent = JSON.parse(String(init.body))
    assert.deepEqual(Uint8Array.from(Buffer.from(sent.sealed, 'base64url')), bytes)
  })

  test('are settled only by an answer about that parcel', async () => {
    const deliver = (status: number, body: unknown) =>
      transportBy(makeFetch(status, body).send).deliver(known, 'a', new Uint8Array(1))
    const fields = [{ field: 'body.name', code: 'required' }]
    assert.deepEqual(await deliver(200, { id: 'a', state: 'refused', code: 'invalid-input', fields }), {
      state: 'refused',
      code: 'invalid-input',
      fields,
    })
    for (const state of ['quarantined', 'discarded'])
      assert.deepEqual(await deliver(200, { id: 'a', state }), { state: 'quarantined' })
    assert.equal(await deliver(200, { id: 'b', state: 'done' }), 'unreachable')
    for (const [status, body] of [
      [401, { code: 'not-signed-in' }],
      [429, { code: 'slow-down' }],
      [503, 'a proxy speaks'],
      [200, '{"id":"a","sta'],
    ] as const)
      await assert.rejects(deliver(status, body))
  })

  test('a phone hears whether it is welcome, and what the server’s time is', async () => {
    const now = '2026-11-22T08:00:00.000Z'
    const welcome = (state: string) => transportBy(makeFetch(200, { state, now, days: 14 }).send).welcome(known)
    assert.deepEqual(await welcome('welcome'), { time: Date.parse(now) })
    assert.equal(await welcome('revoked'), 'revoked')
  })
})

describe('reading by HTTP', () => {
  const now = '2026-11-22T08:00:00.000Z'
  test('a list, nothing new, the end of the phone, and no answer are four things', async () => {
    const pull = (status: number, body: unknown) => sourceBy(makeFetch(status, body).send, 'd').pull('c')
    const visible = { case: [['a', '1']] }
    assert.deepEqual(await pull(200, { state: 'welcome', now, cursor: 'x', visible }), {
      cursor: 'x',
      time: Date.parse(now),
      visible,
    })
    assert.deepEqual(await pull(200, { state: 'welcome', now, cursor: 'x' }), { cursor: 'x', time: Date.parse(now) })
    assert.equal(await pull(200, { state: 'revoked', now }), 'revoked')
    assert.equal(await pull(401, { code: 'not-signed-in' }), 'unreachable')
    assert.equal(await pull(502, 'a proxy speaks'), 'unreachable')
    assert.equal(await pull(200, 'a proxy speaks'), 'unreachable')
  })

  test('rows are asked for by their ids', async () => {
    const { send, asked } = makeFetch(200, { state: 'welcome', items: [{ id: 'a', version: '1', record: {} }] })
    assert.deepEqual(await sourceBy(send, 'd').rows('case', ['a', 'b']), [{ id: 'a', version: '1', record: {} }])
    assert.equal(asked[0]?.path, '/api/sync/rows?device=d&kind=case&ids=a%2Cb')
  })
})
