import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { limits } from '../definition.ts'
import { flaw } from '../flaw.ts'

const inflate = promisify(inflateRaw)
const maxParts = 2_000

interface Part {
  readonly name: string
  readonly packed: Uint8Array
  readonly method: number
  readonly size: number
  /** Of its own header in the file. */
  readonly start: number
}

/** The parts of a zip archive, unpacked one at a time and never beyond `limits.unpackedBytes` together. */
export class Archive {
  readonly #parts: ReadonlyMap<string, Part>
  #left = limits.unpackedBytes

  constructor(parts: ReadonlyMap<string, Part>) {
    this.#parts = parts
  }

  get names(): readonly string[] {
    return [...this.#parts.keys()]
  }

  /** The text of a part, or undefined where there is none. @throws FormFlaw file-broken, file-too-large-unpacked */
  async text(name: string): Promise<string | undefined> {
    const part = this.#parts.get(name)
    if (!part) return undefined
    if (part.size > this.#left) flaw('file-too-large-unpacked')
    const bytes = await unpacked(part)
    this.#left -= bytes.length
    const utf16 =
      bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be'
    try {
      return new TextDecoder(utf16 || 'utf-8', { fatal: true }).decode(bytes)
    } catch {
      return flaw('file-broken', name)
    }
  }
}

/** The size that the directory claims bounds the inflater too: a bomb that lies about its size stops there. */
async function unpacked(part: Part): Promise<Uint8Array> {
  if (part.method === 0) return part.packed.length === part.size ? part.packed : flaw('file-broken', part.name)
  try {
    const bytes = await inflate(part.packed, { maxOutputLength: Math.max(part.size, 1) })
    if (bytes.length === part.size) return bytes
  } catch {}
  return flaw('file-broken', part.name)
}

/**
 * Reads the central directory of an .xlsx (ZIP APPNOTE 6.3.10 without zip64, encryption and several disks).
 * @throws FormFlaw file-too-large, file-not-xlsx, file-broken, file-too-large-unpacked
 */
export function openArchive(bytes: Uint8Array): Archive {
  if (bytes.length > limits.fileBytes) flaw('file-too-large')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count > maxParts) flaw('file-too-large-unpacked')
  const parts = new Map<string, Part>()
  let at = view.getUint32(end + 16, true)
  let total = 0
  const spans: [start: number, end: number][] = []
  try {
    for (let index = 0; index < count; index++) {
      const part = entry(bytes, view, at)
      const key = part.name
      if (parts.has(key)) flaw('file-broken', key)
      total += part.size
      if (total > limits.unpackedBytes) flaw('file-too-large-unpacked')
      parts.set(key, part)
      spans.push([part.start, part.packed.byteOffset - bytes.byteOffset + part.packed.length])
      at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
  } catch (error) {
    if (error instanceof RangeError) flaw('file-broken')
    throw error
  }
  // Parts that share their bytes are how a small file claims to be a large one.
  spans.sort(([a], [b]) => a - b)
  if (spans.some(([start], index) => index > 0 && start < spans[index - 1]![1])) flaw('file-broken')
  return new Archive(parts)
}

function endOfDirectory(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 65_535)
  if (view.byteLength < 22 || view.getUint32(0, true) !== 0x04034b50) flaw('file-not-xlsx')
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return flaw('file-broken')
}

function entry(bytes: Uint8Array, view: DataView, at: number): Part {
  if (view.getUint32(at, true) !== 0x02014b50) flaw('file-broken')
  const encrypted = (view.getUint16(at + 8, true) & 1) === 1
  const method = view.getUint16(at + 10, true)
  const packedSize = view.getUint32(at + 20, true)
  const size = view.getUint32(at + 24, true)
  const local = view.getUint32(at + 42, true)
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)))
  if (encrypted || (method !== 0 && method !== 8) || view.getUint32(local, true) !== 0x04034b50)
    flaw('file-broken', name)
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  if (start + packedSize > bytes.length) flaw('file-broken', name)
  return {
    name: name.replaceAll('\\', '/').replace(/^\//, ''),
    packed: bytes.subarray(start, start + packedSize),
    method,
    size,
    start: local,
  }
}
