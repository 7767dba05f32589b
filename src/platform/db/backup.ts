import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { syncFolder } from '#platform/crypto/durable.ts'
import { withLock } from '#platform/crypto/folder-lock.ts'
import { sealFile } from '#platform/crypto/sealed-file.ts'
import { baseBackup, fileItem } from './backup-base.ts'
import { dumpBackup } from './backup-dump.ts'
import { type Item, inMemory, pack } from './backup-tar.ts'
import type { Cluster } from './cluster.ts'

/** The folders of a data folder that travel in the second file, apart from what they open or vouch for. */
const APART = ['keys', 'audit', 'checkpoints']

/** What stands first in each of the two files. */
export type About = {
  format: 'samaan-data-1' | 'samaan-keys-1'
  /** `base`: a copy of the embedded server's files. `dump`: what pg_dump made of another server's database. */
  kind: 'base' | 'dump' | 'keys'
  at: string
}

export type BackupOptions = {
  /** The embedded server, or the dump role's URL of another one. */
  database: Cluster | { dump: string }
  dataFolder: string
  /** The first file's path, ending in `.age`, or a folder for a file named by the time. Nothing is overwritten. */
  out: string
  /** Recipients (`age1…`), or a passphrase. */
  to: readonly string[] | string
  /** Other holders for the file with the keys; the same when left out. */
  keysTo?: readonly string[] | string
  log?: (line: string) => void
}

export type BackupFiles = { data: string; keys: string; bytes: { data: number; keys: number } }

const about = (format: About['format'], kind: About['kind'], at: string): Item =>
  inMemory('about.json', `${JSON.stringify({ format, kind, at } satisfies About)}\n`)

async function names(options: BackupOptions, at: string): Promise<{ data: string; keys: string }> {
  const out = resolve(options.out)
  const folder = (await stat(out).catch(() => undefined))?.isDirectory()
  const data = folder ? join(out, `samaan-${at.replace(/[:.]/g, '-')}.age`) : out
  if (!data.endsWith('.age')) throw new Error('A backup is a file whose name ends in .age')
  const keys = data.replace(/\.age$/, '-keys.age')
  for (const file of [data, keys]) if (existsSync(file)) throw new Error(`${file} is there already`)
  return { data, keys }
}

const passing = (name: string): boolean => /(^\.|\.(lock|lock\.break|tmp|part|log|pid|sock)$)/.test(name)

/** All files below a folder, held in memory: for the few that must be of one moment. */
async function read(root: string, folder: string): Promise<Item[]> {
  const items: Item[] = []
  const base = join(root, folder)
  if (!existsSync(base)) return items
  for (const entry of await readdir(base, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || passing(entry.name)) continue
    items.push(
      inMemory(
        path
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
        await readFile(path),
      ),
    )
  }
  return items
}

/** Everything else of the data folder, such as uploaded files. */
async function* others(root: string, out: string): AsyncGenerator<Item> {
  for (const top of (await readdir(root, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const base = join(root, top.name)
    if (top.name === 'postgres' || APART.includes(top.name) || passing(top.name) || within(base, out)) continue
    if (top.isFile()) yield* fileItem(base, `files/${top.name}`)
    if (!top.isDirectory()) continue
    for (const entry of await readdir(base, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const name = `files/${path
        .slice(root.length + 1)
        .split(sep)
        .join('/')}`
      if (entry.isDirectory()) yield { path: name, folder: true }
      else if (entry.isFile() && !passing(entry.name)) yield* fileItem(path, name)
    }
  }
}

// A backup kept below the data folder must not swallow the earlier ones.
const within = (folder: string, out: string): boolean => folder === dirname(out) || out.startsWith(folder + sep)

async function write(file: string, items: AsyncGenerator<Item>, to: readonly string[] | string): Promise<number> {
  const part = `${file}.part`
  await rm(part, { force: true })
  const target = await open(part, 'wx', 0o600)
  try {
    const gzip = createGzip({ level: 3 })
    let bytes = 0
    const packing = pipeline(Readable.from(pack(items), { objectMode: false }), gzip)
    const writing = (async () => {
      for await (const chunk of (await sealFile(gzip, to)) as AsyncIterable<Buffer>) {
        await target.writeFile(chunk)
        bytes += chunk.length
      }
    })()
    // Whichever fails ends the other, and the first reason is the one that is told.
    writing.catch(error => gzip.destroy(error))
    const [packed, written] = await Promise.allSettled([packing, writing])
    if (packed.status === 'rejected') throw packed.reason
    if (written.status === 'rejected') throw written.reason
    await target.sync()
    return bytes
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await target.close()
  }
}

/** Refuses a recipient that does not exist before the long work, not after it. */
async function check(to: readonly string[] | string): Promise<void> {
  if (typeof to !== 'string') (await sealFile(Readable.from([]), to)).destroy()
}

/**
 * Backs up a running installation into two sealed files: the data, and apart from them the keys and the audit's
 * checkpoints. Both appear under their names only when both are whole and on the disk.
 *
 * The order is what makes them fit: checkpoints are read before the database (one that is newer than the data would
 * look like a truncated log), files and keys after it (a row never misses its file or key).
 */
export async function backup(options: BackupOptions): Promise<BackupFiles> {
  const log = options.log ?? (() => {})
  const at = new Date().toISOString()
  const root = resolve(options.dataFolder)
  const file = await names(options, at)
  const keysFolder = join(root, 'keys')
  if (!existsSync(join(keysFolder, 'root.key'))) throw new Error(`There is no keys/root.key in ${root}`)
  await check(options.to)
  await check(options.keysTo ?? options.to)
  const checkpoints = [...(await read(root, 'audit')), ...(await read(root, 'checkpoints'))]
  const { database } = options
  async function* data(): AsyncGenerator<Item> {
    yield about('samaan-data-1', 'dump' in database ? 'dump' : 'base', at)
    yield* 'dump' in database ? dumpBackup(database.dump, log) : baseBackup(database, log)
    log('files')
    yield* others(root, file.data)
  }
  async function* keys(): AsyncGenerator<Item> {
    yield about('samaan-keys-1', 'keys', new Date().toISOString())
    yield* checkpoints
    // Under the key store's own lock, so that root.key and slots.bin are of one moment.
    yield* await withLock(join(keysFolder, 'keys.lock'), () => read(root, 'keys'))
  }
  const written: string[] = []
  try {
    const bytes = { data: await write(file.data, data(), options.to), keys: 0 }
    written.push(file.data)
    log('keys')
    bytes.keys = await write(file.keys, keys(), options.keysTo ?? options.to)
    written.push(file.keys)
    for (const path of written) await rename(`${path}.part`, path)
    syncFolder(dirname(file.data))
    log(`${basename(file.data)}: ${Math.ceil(bytes.data / 1e6)} MB; ${basename(file.keys)}`)
    return { ...file, bytes }
  } catch (error) {
    for (const path of written) await rm(`${path}.part`, { force: true })
    throw error
  }
}
