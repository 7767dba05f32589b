import { createReadStream } from 'node:fs'
import { access, chmod, chown, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { syncFolder } from '#platform/crypto/durable.ts'
import { openFile } from '#platform/crypto/sealed-file.ts'
import type { About } from './backup.ts'
import { dumpRestore, refuseFilled } from './backup-dump.ts'
import { type Item, unpack } from './backup-tar.ts'
import { removeCluster, startCluster } from './cluster.ts'
import { type Place, placeOf } from './cluster-place.ts'
import { privateFolder } from './cluster-server.ts'

export type RestoreOptions = {
  /** The file with the data, and the one with the keys: of one backup, or keys that are newer. */
  from: string
  keysFrom: string
  /** The data folder to make; it must be empty or absent. */
  into: string
  /** Identities (`AGE-SECRET-KEY-…`), or the passphrase. */
  by: readonly string[] | string
  keysBy?: readonly string[] | string
  /** Where a `dump` goes: an empty database on another server. Without it, into a new embedded server. */
  database?: { owner: string }
  log?: (line: string) => void
}

type File = Exclude<Item, { folder: true }>

async function refuseNonEmpty(into: string): Promise<void> {
  const found = await readdir(into).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (found.length) throw new Error(`${into} is not empty: a backup is restored into an empty folder`)
}

function unsealed(plain: Readable): AsyncIterable<Buffer> {
  const gunzip = createGunzip()
  // An error of the source ends the reader with that error.
  pipeline(plain, gunzip, () => {})
  return gunzip
}

async function contentOf(item: File): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of item.body) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Writes one file or folder below `root`; `owner` gets it where the server is another user. */
async function put(root: string, path: string, item: Item, owner?: Place['user']): Promise<void> {
  const target = join(root, ...path.split('/'))
  if (item.folder) {
    await mkdir(target, { recursive: true, mode: 0o700 })
  } else {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const file = await open(target, 'wx', 0o600)
    try {
      for await (const piece of item.body) await file.writeFile(piece)
      // The server syncs its own folder when it recovers.
      if (!owner) await file.sync()
    } finally {
      await file.close()
    }
  }
  if (owner?.switch) await chown(target, owner.uid, owner.gid)
}

async function aboutOf(item: Item, format: About['format']): Promise<About> {
  if (item.folder || item.path !== 'about.json') throw new Error('This is not a backup of Samaan')
  const about = JSON.parse((await contentOf(item)).toString('utf8')) as About
  if (about.format !== format) {
    const swapped = /^samaan-(data|keys)-1$/.test(about.format)
    throw new Error(swapped ? 'The file with the data and the one with the keys are swapped' : 'An unknown format')
  }
  return about
}

async function keysInto(plain: Readable, folder: string): Promise<About> {
  let about: About | undefined
  await unpack(unsealed(plain), async item => {
    if (!about) about = await aboutOf(item, 'samaan-keys-1')
    else await put(folder, item.path, item)
  })
  return about!
}

/** The data: files below `folder`, the database to where the embedded server of that folder wants it, or elsewhere. */
async function dataInto(plain: Readable, folder: string, options: RestoreOptions): Promise<About> {
  const log = options.log ?? (() => {})
  const wished = join(folder, 'postgres')
  let about: About | undefined
  let place: Place | undefined
  let dump: ReturnType<typeof dumpRestore> | undefined
  let done = 0
  let told = 0
  const database = async (item: Item, path: string) => {
    if (!place) {
      await mkdir(wished)
      place = await placeOf(wished, log)
      await privateFolder(place, place.data)
    }
    await put(place.data, path, item, place.user)
  }
  const take = async (item: Item) => {
    if (!about) {
      about = await aboutOf(item, 'samaan-data-1')
      if (about.kind === 'base' && options.database) {
        throw new Error('A backup of the embedded server is restored into an embedded server')
      }
      return
    }
    const [top, ...rest] = item.path.split('/')
    if (top === 'database') await database(item, rest.join('/'))
    else if (top === 'files') await put(folder, rest.join('/'), item)
    else if (top === 'dump' && !item.folder) {
      dump ??= dumpRestore(await ownerOf(wished, options))
      await dump.write(await contentOf(item))
    } else throw new Error('The archive holds something unknown')
    done += item.folder ? 0 : item.size
    if (done - told > 64e6) {
      told = done
      log(`restoring: ${Math.round(done / 1e6)} MB`)
    }
  }
  try {
    await unpack(unsealed(plain), take)
    await dump?.end()
  } catch (error) {
    await dump?.abort()
    throw error
  }
  return about!
}

async function ownerOf(wished: string, { database, log }: RestoreOptions): Promise<string> {
  if (database) return database.owner
  return (await startCluster({ folder: wished, ...(log ? { log } : {}) })).urls.owner
}

/**
 * Restores a backup into an empty data folder and proves that its database starts. The folder appears under its name
 * only when all of that went well; before, nothing but a neighbour named `….restoring-…` has been touched.
 * @returns when the backup and its keys were made
 * @throws KeyError `unreadable` when the identity does not fit (before anything is made), or when a file was changed or
 * cut (what was made is removed again)
 */
export async function restore(options: RestoreOptions): Promise<{ at: string; keysAt: string }> {
  const log = options.log ?? (() => {})
  const into = resolve(options.into)
  await refuseNonEmpty(into)
  if (options.database) await refuseFilled(options.database.owner)
  for (const file of [options.from, options.keysFrom]) await access(file)
  const plainKeys = await openFile(createReadStream(options.keysFrom), options.keysBy ?? options.by)
  const plainData = await openFile(createReadStream(options.from), options.by).catch(error => {
    plainKeys.destroy()
    throw error
  })
  await mkdir(dirname(into), { recursive: true })
  const folder = await mkdtemp(`${into}.restoring-`)
  try {
    // The server's user passes through; what is in it has modes of its own.
    await chmod(folder, 0o711)
    log('keys')
    const keys = await keysInto(plainKeys, folder)
    log('data')
    const data = await dataInto(plainData, folder, options)
    if (keys.at < data.at) log('the keys are older than the data: what was made in between cannot be opened')
    if (!options.database) {
      log('starting the database, which recovers')
      await (await startCluster({ folder: join(folder, 'postgres'), log })).stop()
    }
    await rename(folder, into)
    syncFolder(dirname(into))
    log('restored')
    return { at: data.at, keysAt: keys.at }
  } catch (error) {
    plainData.destroy()
    plainKeys.destroy()
    await removeCluster(join(folder, 'postgres')).catch(() => {})
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
