import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The operating-system user that the server runs as; `switch` tells whether that is somebody else than this process. */
export type ServerUser = { uid: number; gid: number; switch: boolean }

const OWN_USER = 'samaan-postgres'

function passwd(name: string): { uid: number; gid: number } | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid, gid] = line.split(':')
    if (login === name && uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

function madeUser(): { uid: number; gid: number } | undefined {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER]
  spawnSync('useradd', options, { stdio: 'ignore', env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } })
  return passwd(OWN_USER)
}

/**
 * PostgreSQL refuses to run as root, so root hands it to another user. Data that already exist decide: the server
 * runs as their owner, or it would refuse them.
 */
export function serverUser(existingData?: string): ServerUser {
  const me = process.getuid?.()
  if (me === undefined) return { uid: -1, gid: -1, switch: false }
  if (existingData) {
    const { uid, gid } = statSync(existingData)
    if (uid === me && me !== 0) return { uid, gid, switch: false }
    if (me === 0 && uid !== 0) return { uid, gid, switch: true }
    if (me !== 0) throw new Error(`The database folder ${existingData} belongs to another user (uid ${uid})`)
    throw new Error(`The database folder ${existingData} belongs to root, which PostgreSQL refuses`)
  }
  if (me !== 0) return { uid: me, gid: process.getgid!(), switch: false }
  const found = passwd('postgres') ?? passwd(OWN_USER) ?? madeUser() ?? passwd('nobody')
  if (!found) throw new Error('No user was found that PostgreSQL could run as; make one named postgres')
  return { ...found, switch: true }
}

/** Makes a folder that others may pass through but not list, whatever the umask; one that exists is left alone. */
export async function passable(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  if (made === undefined) return
  for (let at = folder; at.length >= made.length; at = dirname(at)) await chmod(at, 0o711)
}

/** Whether the user may pass through every folder above `path` (mode bits only; access lists are not consulted). */
export function reachable(path: string, user: ServerUser): boolean {
  if (!user.switch) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const at = statSync(folder, { throwIfNoEntry: false })
    if (at) {
      const bit = at.uid === user.uid ? 0o100 : at.gid === user.gid ? 0o010 : 0o001
      if (!(at.mode & bit)) return false
    }
    if (folder === dirname(folder)) return true
  }
}
