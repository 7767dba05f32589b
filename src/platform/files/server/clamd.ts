import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** `clean`; what it found, by the scanner's own name where that is one; or `away`: no answer, or none that says either. */
export type Scanned = 'clean' | 'away' | { readonly infected: string | null }
const chunkBytes = 64 * 1024

/**
 * Asks a clamd about some bytes (INSTREAM: each chunk with its length before it, an empty one at the end).
 * @param address `host:port`, or the path of a socket
 */
export async function scan(address: string, bytes: Uint8Array, most = 30_000): Promise<Scanned> {
  const socket = open(address)
  const answer = new Promise<Scanned>(resolve => {
    let text = ''
    socket.on('data', piece => {
      text += piece.toString('latin1')
      if (text.length > 4096) socket.destroy()
    })
    socket.on('close', () => resolve(meaning(text)))
    socket.on('error', () => resolve('away'))
  })
  send(socket, bytes)
  const late = new AbortController()
  const found = await Promise.race([
    answer,
    pause(most, 'away' as const, { signal: late.signal, ref: false }).catch(() => 'away' as const),
  ])
  late.abort()
  socket.destroy()
  return found
}

function open(address: string): Socket {
  if (address.startsWith('/')) return connect(address)
  const at = address.lastIndexOf(':')
  return connect(Number(address.slice(at + 1)), address.slice(0, at).replace(/^\[|\]$/g, ''))
}

function send(socket: Socket, bytes: Uint8Array): void {
  socket.write('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(piece.length)
    socket.write(length)
    socket.write(piece)
  }
  socket.write(Buffer.alloc(4))
}

/** `stream: OK`, `stream: <name> FOUND`; everything else, such as a limit, settles nothing. */
function meaning(text: string): Scanned {
  const line = text.replaceAll('\0', '').trim()
  if (line === 'stream: OK') return 'clean'
  const name = /^stream: (.+) FOUND$/.exec(line)?.[1]
  if (name === undefined) return 'away'
  return { infected: /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(name) ? name : null }
}
