import type { FileAnswer, FileType } from '../contract/operation.ts'

/** Nothing that a header, a shell or a file system could take for more than a name. */
const safe = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/

/** A handler's file as it may leave. @throws Error when its name is not safe or it is no file: our own fault */
export function checkedFile(operation: string, answer: unknown): FileAnswer {
  const { name, bytes } = (answer ?? {}) as Partial<FileAnswer>
  if (!(bytes instanceof Uint8Array) || !safe.test(name ?? '') || name!.includes('..'))
    throw new Error(`file of ${operation} has no safe name`)
  return { name: name!, bytes }
}

/** Always saved, never shown: whatever a country wrote into it, no browser runs it on our origin. */
export const fileResponse = (type: FileType, { name, bytes }: FileAnswer): Response =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': type === 'application/xml' ? `${type}; charset=utf-8` : type,
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    },
  })
