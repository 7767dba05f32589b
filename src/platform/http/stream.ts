import { type Fence, openText, Read } from '../db/context.ts'
import type { Services } from './services.ts'

/**
 * Answers with a stream that is read from its own connection, so that nobody waits behind it. When the client goes
 * away the transaction ends and the connection returns; a client that stops reading loses it when the database ends
 * the idle transaction, and the stream breaks off where it was.
 * @param still waited for before each piece leaves; throws once nothing more may
 */
export async function streamed(
  services: Services,
  fence: Fence,
  type: string,
  produce: (read: Read) => AsyncIterable<string>,
  still: () => Promise<void>,
): Promise<Response> {
  const client = await services.exportPool.connect()
  const encoder = new TextEncoder()
  let broken: ((error: Error) => void) | undefined
  let given = false
  // One time only, whoever is first to see the end; a broken connection is thrown away.
  const release = (error?: unknown) => {
    if (given) return
    given = true
    client.off('error', lost)
    client.release(error instanceof Error ? error : undefined)
  }
  const lost = (error: Error) => {
    broken?.(error)
    release(error)
  }
  client.on('error', lost)
  const end = () => client.query('rollback').then(() => release(), release)
  let pieces: AsyncIterator<string>
  try {
    await client.query(openText(fence, false))
    pieces = produce(new Read(client))[Symbol.asyncIterator]()
  } catch (error) {
    release(error)
    throw error
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      broken = error => controller.error(error)
    },
    async pull(controller) {
      try {
        const next = await pieces.next()
        await still()
        if (!next.done) return controller.enqueue(encoder.encode(next.value))
        await end()
        controller.close()
      } catch (error) {
        await end()
        controller.error(error)
      }
    },
    async cancel() {
      await pieces.return?.()
      await end()
    },
  })
  return new Response(body, { headers: { 'content-type': `${type}; charset=utf-8` } })
}
