import { linkSync, readFileSync, readlinkSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { KeyError } from './key-error.ts'
import { token } from './random.ts'

type Owner = { pid: number; place: string; started: string; nonce: string }

// Beyond this age a lock whose owner cannot be looked up (another machine or container) counts as abandoned.
// A living owner touches it every fifth of that.
const ABANDONED_MS = 60_000
// A breaker holds its own lock for microseconds; an older one was left by a crash.
const BREAKER_MS = 10_000

/** Names the world in which a process id means something: this boot and this process namespace. */
const place = read(() => {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
}, hostname())

/** When a process started, so that a process id used again is not taken for the owner. */
function startOf(pid: number): string {
  return read(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and brackets: count fields from its last closing bracket (proc(5), field 22).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  }, '')
}

function read<T>(get: () => T, otherwise: T): T {
  try {
    return get()
  } catch {
    return otherwise
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isStale(path: string, text: string): boolean {
  const age = read(() => Date.now() - statSync(path).mtimeMs, 0)
  const owner = read(() => JSON.parse(text) as Owner, undefined)
  // Not ours: cut off by a power failure, or put there by hand.
  if (owner === undefined || typeof owner.pid !== 'number') return age > BREAKER_MS
  if (owner.place !== place) return age > ABANDONED_MS
  return !isAlive(owner.pid) || (owner.started !== '' && owner.started !== startOf(owner.pid))
}

/** Creates the lock file, with its owner in it from the first moment: a link appears whole, and only if none is there. */
function tryTake(path: string, nonce: string): boolean {
  const owner: Owner = { pid: process.pid, place, started: startOf(process.pid), nonce }
  const draft = `${path}.${nonce}`
  writeFileSync(draft, JSON.stringify(owner), { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

/**
 * Removes a stale lock. Two processes that see the same stale lock must not both remove: the slower would remove the
 * lock that the faster has just taken. So removing is itself exclusive, and looks again.
 */
function breakStale(path: string): void {
  const text = read(() => readFileSync(path, 'utf8'), undefined)
  if (text === undefined || !isStale(path, text)) return
  const breaker = `${path}.break`
  if (!tryTake(breaker, token(16))) {
    if (read(() => Date.now() - statSync(breaker).mtimeMs, 0) > BREAKER_MS) rmSync(breaker, { force: true })
    return
  }
  try {
    if (read(() => readFileSync(path, 'utf8'), undefined) === text) rmSync(path, { force: true })
  } finally {
    unlinkSync(breaker)
  }
}

/**
 * Runs `work` while this process alone holds the lock file (made exclusively, removed afterwards). Waits up to
 * `timeoutMs`, then KeyError `locked`. A lock whose owner has died is removed.
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>, timeoutMs = 30_000): Promise<T> {
  const nonce = token(16)
  const until = Date.now() + timeoutMs
  while (!tryTake(path, nonce)) {
    if (Date.now() > until) throw new KeyError('locked', `another process holds ${path}`)
    breakStale(path)
    await pause(2 + Math.floor(20 * (nonce.charCodeAt(0) / 128)))
  }
  const touch = setInterval(() => read(() => utimesSync(path, new Date(), new Date()), undefined), ABANDONED_MS / 5)
  touch.unref()
  try {
    return await work()
  } finally {
    clearInterval(touch)
    // Not ours any more only if somebody judged us dead; then it is theirs to remove.
    if (read(() => readFileSync(path, 'utf8').includes(nonce), false)) rmSync(path, { force: true })
  }
}
