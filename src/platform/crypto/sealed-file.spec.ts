import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { KeyError } from './key-error.ts'
import { generateIdentity, openFile, sealFile } from './sealed-file.ts'

const content = Buffer.alloc(200_000, 'samaan ')
const unreadable = (error: unknown) => error instanceof KeyError && error.code === 'unreadable'
const flow = (bytes: Buffer, piece = 7_000) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    })(),
    { objectMode: false },
  )

test('a file sealed to two people opens for each of them and for nobody else', async () => {
  const [ana, ben, eve] = [await generateIdentity(), await generateIdentity('hybrid'), await generateIdentity()]
  // Hybrid and classic recipients do not mix in one file, by the format's rule.
  const cora = await generateIdentity()
  const sealed = await buffer(await sealFile(flow(content), [ana.recipient, cora.recipient]))
  assert.equal(sealed.includes('samaan'), false)
  for (const { identity } of [ana, cora]) {
    assert.deepEqual(await buffer(await openFile(flow(sealed), [identity])), content)
  }
  await assert.rejects(openFile(flow(sealed), [eve.identity]), unreadable)
  const later = await buffer(await sealFile(flow(content), [ben.recipient]))
  assert.deepEqual(await buffer(await openFile(flow(later), [ben.identity])), content)
})

test('a sealed file that was changed or cut does not read to its end', async () => {
  const { identity, recipient } = await generateIdentity()
  const sealed = await buffer(await sealFile(flow(content), [recipient]))
  const changed = Buffer.from(sealed)
  changed[150_000]! ^= 1
  for (const bad of [changed, sealed.subarray(0, 150_000)]) {
    await assert.rejects(
      openFile(flow(bad), [identity]).then(plain => buffer(plain)),
      unreadable,
    )
  }
})

test('a recipient or identity given as a passphrase by mistake is refused', async () => {
  const { identity, recipient } = await generateIdentity()
  await assert.rejects(sealFile(flow(content), recipient), TypeError)
  await assert.rejects(sealFile(flow(content), []), TypeError)
  await assert.rejects(openFile(flow(content), identity), TypeError)
})

test('a passphrase opens what it sealed', async () => {
  const sealed = await buffer(await sealFile(flow(content), 'five words nobody else knows'))
  assert.deepEqual(await buffer(await openFile(flow(sealed), 'five words nobody else knows')), content)
})
