import { existsSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nameOf } from './cluster-secrets.ts'
import { passable, reachable, type ServerUser, serverUser } from './cluster-user.ts'

/**
 * Where a cluster really is. `home` holds `data` (the server's own), `secrets.json` and `server.log`; it is the wished
 * folder itself, or a folder under /var/lib/samaan when the server's user cannot reach the wished one.
 */
export type Place = { wished: string; home: string; data: string; user: ServerUser; shelves: string[] }

const POINTER = 'elsewhere.json'
const BACK = 'wished-by.json'
const SYSTEM = '/var/lib/samaan'

const readPath = (file: string): string | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { path: string }).path : undefined

async function writePath(file: string, path: string): Promise<void> {
  await writeFile(`${file}.part`, `${JSON.stringify({ path })}\n`)
  await rename(`${file}.part`, file)
}

/** The home that a wished folder points at, or undefined. */
export const pointedAt = (wished: string): string | undefined => readPath(join(wished, POINTER))

async function followed(wished: string, home: string): Promise<string> {
  if (!existsSync(home)) {
    throw new Error(`The database of ${wished} was kept in ${home}, which is gone. Bring it back or restore a backup.`)
  }
  const earlier = readPath(join(home, BACK))
  if (earlier !== undefined && earlier !== wished) {
    // A moved folder may keep its database, a copied one may not: two programs would share it unknowingly.
    if (pointedAt(earlier) === home) throw new Error(`${wished} is a copy of ${earlier}, which owns the database`)
    await writePath(join(home, BACK), wished)
  }
  return home
}

// Never an older database: who deleted the wished folder, and with it the keys, began anew.
async function newHome(wished: string, log: (line: string) => void): Promise<string> {
  const name = join(SYSTEM, nameOf(wished))
  for (let turn = 1; ; turn++) {
    const home = turn === 1 ? name : `${name}-${turn}`
    if (!existsSync(join(home, 'data'))) return home
    log(`${home} holds an older database of this folder; it is left alone`)
  }
}

/** Decides where the cluster of a wished folder is, makes the folders, and remembers the decision in them. The wished folder exists. */
export async function placeOf(wished: string, log: (line: string) => void): Promise<Place> {
  const pointer = pointedAt(wished)
  let home = pointer === undefined ? wished : await followed(wished, pointer)
  const existing = existsSync(join(home, 'data'))
  const user = serverUser(existing ? join(home, 'data') : undefined)
  if (!reachable(join(home, 'data'), user)) {
    if (existing) throw new Error(`The server's user can no longer reach ${home}; allow it to pass the folders above`)
    home = await newHome(wished, log)
    await passable(home)
    await writePath(join(home, BACK), wished)
    await writePath(join(wished, POINTER), home)
  }
  return { wished, home, data: join(home, 'data'), user, shelves: user.switch ? [SYSTEM, home] : [home] }
}
