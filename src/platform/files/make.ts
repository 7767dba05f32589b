import { deflateSync } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import type { Harness } from '../../../tests/harness/harness.ts'
import { sha256 } from '../crypto/hash.ts'
import { parcelKeyOf } from '../crypto/parcel-key.ts'
import { credentialHeader } from '../sync/contract.ts'
import { pieceType, tusVersion, uploadPath } from './contract.ts'

/** A file as a phone sends it. */
export interface SealedFile {
  readonly bytes: Buffer
  readonly sha256: Buffer
  /** As the command names it. */
  readonly name: string
}
export const asSealed = (bytes: Buffer): SealedFile => {
  const hash = sha256(bytes)
  return { bytes, sha256: hash, name: hash.toString('base64url') }
}
let made = 0
/** A file like no other, of so many bytes. */
export function madeFile(length: number): SealedFile {
  const bytes = Buffer.alloc(length, ++made)
  bytes.write(`file ${made} ${Date.now()}`.slice(0, length))
  return asSealed(bytes)
}
export async function sealedFor(harness: Harness, plain: Uint8Array): Promise<SealedFile> {
  const sealer = new Encrypter()
  sealer.addRecipient((await parcelKeyOf(harness.services.keys)).recipient)
  return asSealed(Buffer.from(await sealer.encrypt(plain)))
}

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>
/** Requests with a phone's credential only. */
export const asDevice =
  (harness: Harness, { id, credential }: { readonly id: string; readonly credential: string }): Fetch =>
  (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', credentialHeader(id, credential))
    return harness.fetch(path, { ...init, headers })
  }

export const tus = (fetch: Fetch) => {
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit) =>
    fetch(path, {
      method,
      headers: { 'tus-resumable': tusVersion, ...headers },
      ...(body === undefined ? {} : { body }),
    })
  return {
    send,
    create: (file: SealedFile, change: Record<string, string> = {}) =>
      send('POST', uploadPath, {
        'upload-length': String(file.bytes.length),
        'upload-metadata': `sha256 ${file.sha256.toString('base64')}`,
        ...change,
      }),
    ask: (path: string) => send('HEAD', path),
    piece: (path: string, offset: number, bytes: Buffer, headers: Record<string, string> = {}) =>
      send(
        'PATCH',
        path,
        {
          'content-type': pieceType,
          'upload-offset': String(offset),
          'content-length': String(bytes.length),
          'upload-checksum': `sha256 ${sha256(bytes).toString('base64')}`,
          ...headers,
        },
        bytes as Buffer<ArrayBuffer>,
      ),
    end: (path: string) => send('DELETE', path),
  }
}
export const offsetOf = (response: Response): number => Number(response.headers.get('upload-offset'))
export const placeOf = (response: Response): string => response.headers.get('location') ?? ''
export const stateOf = (response: Response): string | null => response.headers.get('upload-state')

/** Sends a whole file in pieces of so many bytes. @returns the last answer */
export async function sendAll(fetch: Fetch, file: SealedFile, step = 65_536): Promise<Response> {
  const { create, piece } = tus(fetch)
  let last = await create(file)
  const place = placeOf(last)
  for (let at = offsetOf(last); at < file.bytes.length; at = offsetOf(last)) {
    last = await piece(place, at, file.bytes.subarray(at, at + step))
    if (last.status !== 204) return last
  }
  return last
}

/** A PNG of one colour that says it is so large, without holding much: a bomb where the numbers are high. */
export function pngOf(width: number, height: number, rows = height): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length)
    head.write(type, 4, 'latin1')
    const end = Buffer.alloc(4)
    end.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])))
    return Buffer.concat([head, data, end])
  }
  const about = Buffer.alloc(13)
  about.writeUInt32BE(width)
  about.writeUInt32BE(height, 4)
  about.set([1, 0, 0, 0, 0], 8)
  const line = 1 + Math.ceil(width / 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', about),
    chunk('IDAT', deflateSync(Buffer.alloc(line * rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}
