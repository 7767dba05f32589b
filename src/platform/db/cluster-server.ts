import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chown, mkdir, mkdtemp, open, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Native } from './cluster-native.ts'
import type { Place } from './cluster-place.ts'
import { alive, endLeftovers, gone, readPostmaster } from './cluster-processes.ts'
import { passwordStatement } from './cluster-roles.ts'
import type { Secrets } from './cluster-secrets.ts'
import { writeSettings } from './cluster-settings.ts'

type Log = (line: string) => void

// Only starts, failures and wrong passwords are written: more than this is old.
const LOG_BYTES = 1_000_000

const identity = ({ user }: Place): { uid?: number; gid?: number } =>
  user.switch ? { uid: user.uid, gid: user.gid } : {}

function run(place: Place, native: Native, program: string, args: string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { ...identity(place), env: native.env, cwd: place.home, windowsHide: true, maxBuffer: 1 << 24 }
    const child = execFile(native.program(program), args, options, (error, _out, told) => {
      if (error) reject(new Error(`${program} failed: ${told.trim().split('\n').slice(-6).join(' | ')}`))
      else resolve()
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

/** Makes an empty cluster in `place.data`. Built beside it and renamed, so that it exists whole or not at all. */
export async function initialise(place: Place, native: Native, secrets: Secrets): Promise<void> {
  const { user } = place
  const building = await mkdtemp(join(place.home, '.making-'))
  try {
    if (user.switch) await chown(building, user.uid, user.gid)
    const word = join(building, 'word')
    await writeFile(word, `${secrets.super}\n`, { mode: 0o600 })
    if (user.switch) await chown(word, user.uid, user.gid)
    const data = join(building, 'data')
    const make = (locale: string[]) =>
      run(place, native, 'initdb', [
        ...[`--pgdata=${data}`, '--username=postgres', `--pwfile=${word}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...[
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
          ...locale,
          '--data-checksums',
          '--no-instructions',
        ],
      ])
    // The C library's locale serves only what the built-in one does not cover; not every system has C.UTF-8.
    await make(['--locale=C.UTF-8']).catch(async () => {
      await rm(data, { recursive: true, force: true })
      await make(['--locale=C'])
    })
    await rename(data, place.data)
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

/** Tells a stopped cluster the superuser's password, through the server's single-user mode; recovers it if need be. */
export async function resetSuperPassword(place: Place, native: Native, secrets: Secrets): Promise<void> {
  const settings = ['-c', 'log_min_messages=fatal', '-c', 'log_min_error_statement=panic']
  const args = ['--single', ...settings, '-D', place.data, 'postgres']
  await run(place, native, 'postgres', args, `${passwordStatement(secrets, 'super')};\n`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

const tail = (file: string, from: number): string =>
  existsSync(file) ? readFileSync(file).subarray(from).toString('utf8').trim().split('\n').slice(-6).join(' | ') : ''

async function launch(place: Place, native: Native): Promise<ChildProcess> {
  const log = await open(join(place.home, 'server.log'), 'a', 0o600)
  try {
    const out = log.fd
    // A group of its own: Ctrl-C in a terminal reaches the application first, which then stops the server in order.
    const options = { ...identity(place), env: native.env, cwd: place.data, detached: true, windowsHide: true }
    const child = spawn(native.program('postgres'), ['-D', place.data], { ...options, stdio: ['ignore', out, out] })
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

async function ready(place: Place, child: ChildProcess, log: Log): Promise<boolean> {
  const began = Date.now()
  for (let told = began; child.exitCode === null && child.signalCode === null; await pause(10)) {
    const state = readPostmaster(place.data)
    if (state?.pid === child.pid && state?.status === 'ready') return true
    if (Date.now() - told > 5_000) {
      told = Date.now()
      log(`the database is still starting (${Math.round((told - began) / 1000)} s)`)
    }
  }
  return false
}

/** Starts the server of an existing cluster on a free port of 127.0.0.1 and waits until it accepts connections. */
export async function startServer(
  place: Place,
  native: Native,
  settings: Record<string, string> | undefined,
  log: Log,
): Promise<number> {
  const file = join(place.home, 'server.log')
  if (existsSync(file) && statSync(file).size > LOG_BYTES) await truncate(file)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const from = existsSync(file) ? statSync(file).size : 0
    await writeSettings(place.data, place.user, port, settings)
    const child = await launch(place, native)
    if (await ready(place, child, log)) return port
    const why = tail(file, from)
    // Somebody else took the port between our look and the server's start.
    if (attempt < 5 && /TCP\/IP sockets/.test(why)) continue
    throw new Error(`The database did not start: ${why || 'no reason was given'}`)
  }
}

/** Stops the server in order: open transactions are rolled back, everything acknowledged is on disk. */
export async function stopServer(place: Place, native: Native): Promise<void> {
  const state = readPostmaster(place.data)
  if (!state || !alive(state.pid)) return
  if (process.platform === 'win32') {
    await run(place, native, 'pg_ctl', ['stop', '-D', place.data, '-m', 'fast', '-w'])
    return
  }
  try {
    process.kill(state.pid, 'SIGINT')
  } catch {
    // It ended by itself in the meantime.
  }
  if (!(await gone([state.pid], 60_000))) await endLeftovers(place.data, place.user)
}

/** Makes a folder that only the server's user may enter. */
export async function privateFolder(place: Place, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (place.user.switch) await chown(folder, place.user.uid, place.user.gid)
}
