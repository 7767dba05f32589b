import type pg from 'pg'
import { type Fence, openText, Read } from '../db/context.ts'
import type { Services } from './services.ts'

/**
 * Answers with a stream that is read from its own connection, so that nobody waits behind it. When the client goes
 * away the transaction ends and the connection returns; a client that stops reading loses it when the database ends
 * the idle transaction, and the stream breaks off where it was.
 */
export async function streamed(
  services: Services,
  fence: Fence,
  type: string,
  produce: (read: Read) => AsyncIterable<string>,
): Promise<Response> {
  const client = await services.exportPool.connect()
  const encoder = new TextEncoder()
  let release = givenBackOnce(client)
  const end = async () => {
    await client.query('rollback').then(
      () => release(),
      error => release(error),
    )
  }
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
      const lost = (error: Error) => {
        controller.error(error)
        release(error)
      }
      client.once('error', lost)
      const given = release
      release = error => {
        client.off('error', lost)
        given(error)
      }
    },
    async pull(controller) {
      try {
        const next = await pieces.next()
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

/** Gives a connection back, one time only; a broken one is thrown away. */
function givenBackOnce(client: pg.PoolClient): (error?: unknown) => void {
  let given = false
  return error => {
    if (given) return
    given = true
    client.release(error instanceof Error ? error : undefined)
  }
}
