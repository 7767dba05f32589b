import type { FileHandle } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { runningHash } from '../../crypto/running-hash.ts'

/** How the sending of one piece ended: said to the end, broken off or too slow, or more than there is room for. */
export type Ended = 'whole' | 'cut' | 'too-large'
export interface Received {
  readonly ended: Ended
  /** Bytes written, from where the piece begins. */
  readonly count: number
  readonly sha256: Buffer
}

/** Seconds that one piece may take. Well within the time that its writer is the only one. */
export const pieceSeconds = 15
export const writerSeconds = 20

/** Node's own stream where there is one. Left open when we stop early, so that the refusal can be answered on it. */
const chunksOf = (c: Context): AsyncIterable<Uint8Array> | null => {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return incoming ? incoming.iterator({ destroyOnReturn: false }) : (c.req.raw.body as AsyncIterable<Uint8Array> | null)
}

/**
 * Writes a request's body into a file as it comes, no more than there is room for, and to the disk before it returns.
 * No transaction is open and no more than a chunk is in memory meanwhile.
 */
export async function receive(c: Context, handle: FileHandle, from: number, room: number): Promise<Received> {
  const hash = runningHash()
  let count = 0
  let ended: Ended = 'whole'
  const chunks = chunksOf(c)?.[Symbol.asyncIterator]()
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), pieceSeconds * 1000)
  try {
    while (chunks) {
      const next = await Promise.race([chunks.next(), late]).catch(() => 'late' as const)
      if (next === 'late') {
        ended = 'cut'
        break
      }
      if (next.done) break
      if (count + next.value.length > room) {
        ended = 'too-large'
        break
      }
      await writeAll(handle, next.value, from + count)
      hash.add(next.value)
      count += next.value.length
    }
  } finally {
    clearTimeout(timer)
    // A web stream is let go of; what a vanished client says about that is nobody's news.
    if (ended !== 'whole') void Promise.resolve(chunks?.return?.()).catch(() => {})
  }
  if (count > 0) await handle.datasync()
  return { ended, count, sha256: hash.end() }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
}
