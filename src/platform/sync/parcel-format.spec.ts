import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import {
  bucketOf,
  decodeParcel,
  encodeParcel,
  largestParcel,
  type ParcelContent,
  ParcelFlaw,
  parcelKey,
  verifyParcel,
} from './parcel-format.ts'

const { subtle } = globalThis.crypto
let pair: CryptoKeyPair
let publicKey: CryptoKey
before(async () => {
  pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  publicKey = await parcelKey(subtle, new Uint8Array(await subtle.exportKey('spki', pair.publicKey)))
})

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const content = (more: Partial<ParcelContent> = {}): ParcelContent => ({
  format: 1,
  operation: 'screening.record',
  params: { case: id(9) },
  body: { answers: [1, null, 'no sé'], name: 'Ana Peña' },
  key: id(1),
  account: id(2),
  assignment: id(3),
  purpose: 'identification',
  madeAt: '2026-11-22T08:00:00.000Z',
  ...more,
})
const encode = (more: Partial<ParcelContent> = {}) => encodeParcel(subtle, pair.privateKey, content(more))
const flaw = (code: string) => (error: unknown) => error instanceof ParcelFlaw && error.code === code

describe('the format of a parcel', () => {
  test('what a phone encodes is what the server reads, with and without a version', async () => {
    for (const more of [{}, { version: 4 }, { body: null }]) {
      const parcel = decodeParcel(await encode(more))
      assert.deepEqual(await verifyParcel(subtle, publicKey, parcel), content(more))
    }
  })

  test('sizes are 1, 2, 4, … KB whatever is inside, and 512 KB at most', async () => {
    assert.deepEqual([1, 1024, 1025, 5000].map(bucketOf), [1024, 1024, 2048, 8192])
    for (const length of [0, 10, 500]) assert.equal((await encode({ body: 'x'.repeat(length) })).length, 1024)
    await assert.rejects(encode({ body: 'x'.repeat(largestParcel) }), flaw('too-large'))
  })

  test('a changed content or another phone’s key is a wrong signature', async () => {
    const bytes = await encode()
    const at = Buffer.from(bytes).indexOf('Ana')
    bytes[at] = 'E'.charCodeAt(0)
    await assert.rejects(verifyParcel(subtle, publicKey, decodeParcel(bytes)), flaw('signature'))
    const other = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    await assert.rejects(verifyParcel(subtle, other.publicKey, decodeParcel(await encode())), flaw('signature'))
  })

  test('every byte outside the content and the signature is fixed', async () => {
    const good = await encode()
    const end = 72 + new DataView(good.buffer).getUint32(4)
    for (const at of [0, 1, 2, 3, 4, 5, 6, 7, end, end + 1, good.length - 1]) {
      const bad = good.slice()
      bad[at]! ^= 1
      assert.throws(() => decodeParcel(bad), flaw('malformed'), `byte ${at}`)
    }
    for (const bad of [good.subarray(0, 71), good.subarray(0, 1023), new Uint8Array([...good, ...good])])
      assert.throws(() => decodeParcel(bad), flaw('malformed'))
    assert.throws(() => decodeParcel(new Uint8Array(largestParcel + 1)), flaw('too-large'))
    assert.throws(() => decodeParcel(new Uint8Array(0)), flaw('malformed'))
  })

  /** A frame around any text, as somebody with another program could make it. */
  const framed = (text: string) => {
    const bytes = new TextEncoder().encode(text)
    const all = new Uint8Array(bucketOf(72 + bytes.length))
    all.set([0x53, 0x50, 0x43, 1])
    new DataView(all.buffer).setUint32(4, bytes.length)
    all.set(bytes, 72)
    return all
  }

  test('another spelling, a missing or a further part is refused', () => {
    const whole = JSON.stringify(content())
    const good = Object.fromEntries(Object.entries(content()).sort(([a], [b]) => (a < b ? -1 : 1)))
    assert.doesNotThrow(() => decodeParcel(framed(JSON.stringify(good))))
    const bad: string[] = [
      whole,
      ` ${JSON.stringify(good)}`,
      '[]',
      'null',
      '{',
      '{"__proto__":{}}',
      '['.repeat(200_000),
    ]
    for (const name of Object.keys(good)) {
      const { [name]: _, ...rest } = good
      bad.push(JSON.stringify(rest), JSON.stringify({ ...good, [name]: [] }))
    }
    bad.push(JSON.stringify({ ...good, zz: 1 }), JSON.stringify({ ...good, key: 'x' }))
    // A body may be anything, an empty list too.
    const wrong = bad.filter(text => text !== JSON.stringify({ ...good, body: [] }))
    for (const text of wrong) assert.throws(() => decodeParcel(framed(text)), flaw('malformed'), text.slice(0, 80))
  })
})
