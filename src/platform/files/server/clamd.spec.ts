import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { test } from 'node:test'
import { scan } from './clamd.ts'

/** A clamd that answers as told, once it has read a whole stream. */
async function scanner(answer: (bytes: Buffer) => string | undefined): Promise<{ address: string; server: Server }> {
  const server = createServer(socket => {
    let got = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', piece => {
      got = Buffer.concat([got, piece])
      if (!got.subarray(-4).equals(Buffer.alloc(4))) return
      assert.equal(got.toString('latin1', 0, 10), 'zINSTREAM\0')
      const parts: Buffer[] = []
      for (let at = 10; ; ) {
        const length = got.readUInt32BE(at)
        if (length === 0) break
        parts.push(got.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
      const said = answer(Buffer.concat(parts))
      if (said === undefined) socket.destroy()
      else socket.end(said)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

test('a scanner is sent the bytes as they are, and its answer is taken at its word', async () => {
  const bytes = Buffer.alloc(200_001, 9)
  const cases = [
    ['stream: OK\0', 'clean'],
    ['stream: Eicar-Test-Signature FOUND\0', { infected: 'Eicar-Test-Signature' }],
    ['stream: what nobody <b>calls</b> anything FOUND\0', { infected: null }],
    ['INSTREAM size limit exceeded. ERROR\0', 'away'],
    ['', 'away'],
    [undefined, 'away'],
    ['stream: OK and more', 'away'],
  ] as const
  for (const [said, meaning] of cases) {
    let seen = 0
    const { address, server } = await scanner(got => {
      seen = got.length
      return said
    })
    assert.deepEqual(await scan(address, bytes), meaning, String(said))
    assert.equal(seen, bytes.length)
    server.close()
  }
})

test('a scanner that is not there, or never answers, is away', async () => {
  const { address, server } = await scanner(() => 'stream: OK\0')
  await new Promise(resolve => server.close(resolve))
  assert.equal(await scan(address, Buffer.alloc(10)), 'away')
  assert.equal(await scan('/nowhere/clamd.sock', Buffer.alloc(10)), 'away')
  const silent = createServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  assert.equal(await scan(`127.0.0.1:${(silent.address() as AddressInfo).port}`, Buffer.alloc(10), 60), 'away')
  silent.close()
})
