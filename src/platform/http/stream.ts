import { type Fence, openText, Read } from '../db/context.ts'
import type { Services } from './services.ts'

/**
 * Answers with a stream that is read from its own connection, so that nobody waits behind it. When the client goes
 * away the transaction ends and the connection returns.
 */
export async function streamed(
  services: Services,
  fence: Fence,
  type: string,
  produce: (read: Read) => AsyncIterable<string>,
): Promise<Response> {
  const client = await services.exportPool.connect()
  const end = async (error?: unknown) => {
    await client.query('rollback').catch(() => {})
    client.release(error instanceof Error ? error : undefined)
  }
  await client.query(openText(fence, false))
  const pieces = produce(new Read(client))[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await pieces.next()
        if (!next.done) return controller.enqueue(encoder.encode(next.value))
        await end()
        controller.close()
      } catch (error) {
        await end(error)
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
