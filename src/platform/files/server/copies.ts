import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { syncFolder } from '../../crypto/durable.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { runningHash } from '../../crypto/running-hash.ts'
import { openFile, sealFile } from '../../crypto/sealed-file.ts'

/** A sealed copy on the disk: its random name, and the SHA-256 of its sealed bytes. */
export interface Copy {
  readonly id: string
  readonly sha256: Buffer
}

const folderOf = (dataFolder: string): string => join(dataFolder, 'attachments')
function pathOf(dataFolder: string, id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new TypeError('a copy is named by its id')
  return join(folderOf(dataFolder), id.slice(-2), `${id}.age`)
}
/** Bytes as pieces, so that sealing them needs little more memory than they do. */
function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024)
}

/** Seals bytes to a recipient into a file of its own, on the disk when this resolves. */
export async function writeCopy(dataFolder: string, bytes: Buffer, recipient: string): Promise<Copy> {
  const id = uuidv7()
  const path = pathOf(dataFolder, id)
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Ends so that a backup passes it by.
  const unfinished = `${path}.part`
  const handle = await open(unfinished, 'wx', 0o600)
  const hash = runningHash()
  try {
    for await (const piece of (await sealFile(Readable.from(pieces(bytes)), [recipient])) as AsyncIterable<Buffer>) {
      hash.add(piece)
      await handle.writeFile(piece)
    }
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(unfinished, { force: true })
    throw error
  }
  await handle.close()
  await rename(unfinished, path)
  syncFolder(folder)
  return { id, sha256: hash.end() }
}

/** Whole or begun. */
export async function removeCopy(dataFolder: string, id: string): Promise<void> {
  const path = pathOf(dataFolder, id)
  await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })])
}

/** Ids of copies, whole or begun, that are older than this (ms since 1970). */
export async function listOldCopies(dataFolder: string, since: number): Promise<string[]> {
  const folder = folderOf(dataFolder)
  const found = new Set<string>()
  for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
    const id = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.age(\.part)?$/.exec(name)?.[1]
    const about = id && (await stat(join(folder, name)).catch(() => undefined))
    if (about && about.mtimeMs < since) found.add(id)
  }
  return [...found]
}

/** The SHA-256 of a copy's sealed bytes as they lie there now. @throws ENOENT when it is gone */
export async function hashOfCopy(dataFolder: string, id: string): Promise<Buffer> {
  const hash = runningHash()
  for await (const piece of createReadStream(pathOf(dataFolder, id), { highWaterMark: 256 * 1024 }))
    hash.add(piece as Buffer)
  return hash.end()
}

/** What was sealed, piece by piece; the file is opened when the first is asked for. @throws KeyError `unreadable` */
export async function* openCopy(dataFolder: string, id: string, identity: string): AsyncGenerator<Uint8Array> {
  const source = createReadStream(pathOf(dataFolder, id))
  try {
    yield* (await openFile(source, [identity])) as AsyncIterable<Uint8Array>
  } finally {
    source.destroy()
  }
}

export async function sealSmall(bytes: Buffer, recipient: string): Promise<Buffer> {
  return gathered(await sealFile(Readable.from(pieces(bytes)), [recipient]))
}
export async function openSmall(sealed: Uint8Array, identity: string): Promise<Buffer> {
  return gathered(await openFile(Readable.from([Buffer.from(sealed)]), [identity]))
}
async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = []
  for await (const piece of stream) found.push(piece)
  return Buffer.concat(found)
}
