import { sha256 } from '#platform/crypto/hash.ts'

/** Bodies travel, and are hashed, in pieces of this size; only a body's last piece may be shorter. */
export const PIECE = 4 * 1024 * 1024
const BLOCK = 512
const MANIFEST = 'manifest.json'

/** A file or folder on its way into an archive. A body must yield exactly `size` bytes in pieces of PIECE. */
export type Item =
  | { path: string; folder: true }
  | { path: string; folder?: false; size: number; body: AsyncIterable<Buffer> | Iterable<Buffer> }

/** What the archive holds: `sha256` has one hash (hex) for each piece of a file. */
export type Listed = { path: string; size: number; sha256: string[] }

/** A body from memory. */
export function inMemory(path: string, content: Buffer | string): Item {
  const bytes = Buffer.from(content as string)
  const body: Buffer[] = []
  for (let at = 0; at < bytes.length; at += PIECE) body.push(bytes.subarray(at, at + PIECE))
  return { path, size: bytes.length, body }
}

function header(path: string, size: number, type: '0' | '5'): Buffer {
  const block = Buffer.alloc(BLOCK)
  const bytes = Buffer.from(path)
  // ustar splits a long path at a slash: up to 155 bytes before it, up to 100 after.
  let cut = 0
  if (bytes.length > 100) {
    cut = bytes.subarray(0, 156).lastIndexOf('/')
    if (cut < 1 || bytes.length - cut - 1 > 100) throw new Error(`A path is too long for the archive: ${path}`)
    bytes.copy(block, 345, 0, cut)
    cut += 1
  }
  bytes.copy(block, 0, cut)
  const octal = (value: number, at: number, width: number) => {
    block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  }
  octal(type === '5' ? 0o700 : 0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  block.write(`        ${type}`, 148, 'latin1')
  block.write('ustar\x0000', 257, 'latin1')
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return block
}

/** Writes a tar archive (POSIX ustar). Its last file is a manifest of all others, which a cut archive lacks. */
export async function* pack(items: AsyncIterable<Item>): AsyncGenerator<Buffer> {
  const listed: Listed[] = []
  async function* one(item: Item): AsyncGenerator<Buffer> {
    if (item.folder) {
      yield header(`${item.path}/`, 0, '5')
      return
    }
    const hashes: string[] = []
    let sent = 0
    yield header(item.path, item.size, '0')
    for await (const piece of item.body) {
      hashes.push(sha256(piece).toString('hex'))
      sent += piece.length
      yield piece
    }
    if (sent !== item.size) throw new Error(`${item.path} gave ${sent} bytes instead of ${item.size}`)
    if (sent % BLOCK) yield Buffer.alloc(BLOCK - (sent % BLOCK))
    listed.push({ path: item.path, size: sent, sha256: hashes })
  }
  for await (const item of items) yield* one(item)
  yield* one(inMemory(MANIFEST, `${JSON.stringify({ piece: PIECE, files: [...listed] }, null, 1)}\n`))
  yield Buffer.alloc(2 * BLOCK)
}

/** Takes exact amounts from a stream of chunks of any size. */
class Taker {
  readonly #chunks: AsyncIterator<Uint8Array>
  #held: Buffer[] = []
  #length = 0
  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]()
  }
  async take(size: number): Promise<Buffer> {
    while (this.#length < size) {
      const { value, done } = await this.#chunks.next()
      if (done) throw new Error('The archive ends too early')
      this.#held.push(Buffer.from(value.buffer, value.byteOffset, value.length))
      this.#length += value.length
    }
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held)
    this.#held = [all.subarray(size)]
    this.#length -= size
    return all.subarray(0, size)
  }
  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }
}

const text = (block: Buffer, from: number, to: number): string => {
  const end = block.indexOf(0, from)
  return block.toString('utf8', from, end < 0 || end > to ? to : end)
}

function parsed(block: Buffer): { path: string; size: number; type: string } {
  const stated = Number.parseInt(text(block, 148, 156), 8)
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (stated !== sum) throw new Error('The archive is damaged: a header does not add up')
  const prefix = text(block, 345, 500)
  const path = (prefix ? `${prefix}/` : '') + text(block, 0, 100)
  return { path, size: Number.parseInt(text(block, 124, 136), 8), type: String.fromCharCode(block[156]!) }
}

// Nothing may be written outside of the target, whoever made the archive.
function within(path: string): string {
  const parts = path.split('/')
  if (!path || path.includes('\\') || parts.some(part => part === '' || part === '.' || part === '..')) {
    throw new Error('The archive holds a path that leaves its folder')
  }
  return path
}

/**
 * Reads an archive that `pack` wrote, and hands each file or folder to `use`, which must consume the body. Returns only
 * when all was there and every size and hash agreed with the manifest.
 */
export async function unpack(source: AsyncIterable<Uint8Array>, use: (item: Item) => Promise<void>): Promise<void> {
  const from = new Taker(source)
  const seen = new Map<string, Listed>()
  while (true) {
    const { path, size, type } = parsed(await from.take(BLOCK))
    if (type === '5') {
      await use({ path: within(path.replace(/\/$/, '')), folder: true })
      continue
    }
    if (type !== '0') throw new Error('The archive holds something other than files and folders')
    const listed: Listed = { path: within(path), size, sha256: [] }
    async function* body(): AsyncGenerator<Buffer> {
      for (let left = size; left > 0; left -= PIECE) {
        const piece = await from.take(Math.min(left, PIECE))
        listed.sha256.push(sha256(piece).toString('hex'))
        yield piece
      }
      await from.take((BLOCK - (size % BLOCK)) % BLOCK)
    }
    if (path === MANIFEST) {
      const pieces: Buffer[] = []
      for await (const piece of body()) pieces.push(piece)
      compare(seen, (JSON.parse(Buffer.concat(pieces).toString('utf8')) as { files: Listed[] }).files)
      // To the end, so that the seal's own last check is made too.
      await from.drain()
      return
    }
    if (seen.has(path)) throw new Error('The archive holds a file twice')
    seen.set(path, listed)
    await use({ path, size, body: body() })
  }
}

function compare(seen: Map<string, Listed>, files: Listed[]): void {
  if (files.length !== seen.size) throw new Error('The archive does not hold what its manifest says')
  for (const { path, size, sha256 } of files) {
    const got = seen.get(path)
    if (got?.size !== size || got.sha256.join() !== sha256.join()) {
      throw new Error(`The archive does not hold what its manifest says: ${path}`)
    }
  }
}
