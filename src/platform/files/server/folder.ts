import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../crypto/durable.ts'
import { runningHash } from '../../crypto/running-hash.ts'

/**
 * Where sealed bytes lie in the data folder. Names are random ids, contents are sealed by others: whoever has the disk
 * alone learns sizes and times. An unfinished file ends in `.part`, which a backup leaves out.
 */
export interface Folder {
  /** Opens an unfinished file for writing, cut to what counts. @returns undefined when less is there than counts */
  openPart(id: string, received: number): Promise<FileHandle | undefined>
  /** The unfinished file becomes a whole one, on the disk when this resolves. */
  finish(id: string): Promise<void>
  /** The SHA-256 of an unfinished file, read piece by piece. */
  hashOfPart(id: string): Promise<Buffer>
  /** A whole file, piece by piece; undefined when there is none. */
  read(id: string): Promise<AsyncIterable<Buffer> | undefined>
  remove(id: string): Promise<void>
  /** Bytes that are there of a file, whole or not; 0 when there is none. */
  size(id: string): Promise<number>
  /** Ids of files that nobody has written to since then (ms since 1970). */
  listOld(since: number): Promise<string[]>
}

export function uploadsIn(dataFolder: string): Folder {
  const folder = join(dataFolder, 'uploads')
  const part = (id: string) => join(folder, `${checked(id)}.part`)
  const whole = (id: string) => join(folder, `${checked(id)}.age`)
  return {
    async openPart(id, received) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // A crash between the renaming and the note of it left the whole file, which the note does not know of.
      if (!(await exists(part(id))) && (await exists(whole(id)))) await rename(whole(id), part(id))
      const handle = await open(part(id), constants.O_RDWR | constants.O_CREAT, 0o600)
      try {
        if ((await handle.stat()).size < received) {
          await handle.close()
          return undefined
        }
        await handle.truncate(received)
        return handle
      } catch (error) {
        await handle.close().catch(() => {})
        throw error
      }
    },
    async finish(id) {
      await rename(part(id), whole(id))
      syncFolder(folder)
    },
    async hashOfPart(id) {
      const hash = runningHash()
      const handle = await open(part(id), 'r')
      for await (const piece of handle.createReadStream({ highWaterMark: 256 * 1024 })) hash.add(piece as Buffer)
      return hash.end()
    },
    async read(id) {
      const handle = await open(whole(id), 'r').catch(gone)
      return handle?.createReadStream({ highWaterMark: 64 * 1024 })
    },
    async size(id) {
      const about = (await stat(part(id)).catch(gone)) ?? (await stat(whole(id)).catch(gone))
      return about?.size ?? 0
    },
    async remove(id) {
      await Promise.all([rm(part(id), { force: true }), rm(whole(id), { force: true })])
    },
    async listOld(since) {
      const found: string[] = []
      for (const name of await readdir(folder).catch(() => [])) {
        const id = /^([0-9a-f-]{36})\.(part|age)$/.exec(name)?.[1]
        const about = id && (await stat(join(folder, name)).catch(gone))
        if (about && about.mtimeMs < since) found.push(id)
      }
      return found
    },
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
const gone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
}
/** Nothing that could leave the folder becomes a name in it. */
function checked(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new TypeError('a file is named by its id')
  return id
}
