import type { FileAnswer, FileType } from '../contract/operation.ts'

/** Nothing that a header, a shell or a file system could take for more than a name. */
const safe = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/

/** A handler's file as it may leave. @throws Error when its name is not safe or it is no file: our own fault */
export function checkedFile(operation: string, answer: unknown): FileAnswer {
  const { name, bytes, length } = (answer ?? {}) as Partial<FileAnswer>
  const pieces = bytes !== undefined && Symbol.asyncIterator in bytes && Number.isSafeInteger(length)
  if (!(bytes instanceof Uint8Array || pieces) || !safe.test(name ?? '') || name!.includes('..'))
    throw new Error(`file of ${operation} has no safe name`)
  return bytes instanceof Uint8Array ? { name: name!, bytes } : { name: name!, bytes: bytes!, length: length! }
}

/** Nothing in it runs, loads or is framed, wherever it is opened. */
const savedPolicy =
  "default-src 'none'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; sandbox"

/**
 * Always saved, never shown: whatever a country or a person wrote into it, no browser runs it on our origin.
 * @param still waited for before each piece leaves; throws once nothing more may
 */
export const fileResponse = (
  type: FileType,
  { name, bytes, length }: FileAnswer,
  still: () => Promise<void>,
): Response =>
  new Response(bytes instanceof Uint8Array ? (bytes as Uint8Array<ArrayBuffer>) : streamOf(bytes, still), {
    headers: {
      'content-type': type === 'application/xml' ? `${type}; charset=utf-8` : type,
      'content-length': String(bytes instanceof Uint8Array ? bytes.length : length),
      'content-disposition': `attachment; filename="${name}"`,
      'content-security-policy': savedPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      vary: 'accept-encoding',
    },
  })

/** Read as it is asked for, and begun only then: whoever asks for the head alone opens nothing. */
function streamOf(pieces: AsyncIterable<Uint8Array>, still: () => Promise<void>): ReadableStream<Uint8Array> {
  let reading: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reading ??= pieces[Symbol.asyncIterator]()
        try {
          await still()
        } catch (error) {
          await reading.return?.()
          throw error
        }
        const next = await reading.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        await reading?.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
