import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerUser } from './cluster-user.ts'

/** What the server writes of itself into postmaster.pid. */
export type Postmaster = { pid: number; port: number; status: string }

export function readPostmaster(data: string): Postmaster | undefined {
  try {
    // Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() } : undefined
  } catch {
    return undefined
  }
}

/** Whether the process runs; one that is dead and only waits to be collected does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return !existsSync('/proc/self/stat')
  }
}

const isServer = (cwd: string, exe: string, data: string): boolean =>
  cwd === data && basename(exe.replace(/ \(deleted\)$/, '')) === 'postgres'

// Without the right to trace others, root in a container may not read the links of another user's process; that
// user may.
function asThatUser(data: string, user: ServerUser): number[] {
  const script = 'for p in /proc/[0-9]*; do echo "$p"; readlink "$p/cwd" || echo; readlink "$p/exe" || echo; done'
  const out = spawnSync('/bin/sh', ['-c', script], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines = (out.stdout ?? '').split('\n')
  const found: number[] = []
  for (let at = 0; at + 2 < lines.length; at += 3) {
    if (isServer(lines[at + 1]!, lines[at + 2]!, data)) found.push(Number(basename(lines[at]!)))
  }
  return found
}

/**
 * The server processes that work in exactly this data folder: of its user, running the server's program, with the
 * folder as their working directory. Empty where the system has no /proc.
 */
export function serverProcesses(data: string, user: ServerUser): number[] {
  if (!existsSync('/proc/self/cwd')) return []
  const found: number[] = []
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      if (statSync(`/proc/${entry}`).uid !== user.uid) continue
      if (isServer(readlinkSync(`/proc/${entry}/cwd`), readlinkSync(`/proc/${entry}/exe`), data)) {
        found.push(Number(entry))
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES' && user.switch) return asThatUser(data, user)
    }
  }
  return found
}

/** Waits until none of the processes runs; false when `ms` have passed first. */
export async function gone(pids: number[], ms: number): Promise<boolean> {
  const until = Date.now() + ms
  while (pids.some(alive)) {
    if (Date.now() > until) return false
    await pause(10)
  }
  return true
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

/**
 * Ends whatever of a dead or hung server is still in the folder: such processes hold its shared memory and would keep
 * the next server from starting. Safe for the data: the next start recovers from the log.
 * @returns how many there were
 */
export async function endLeftovers(data: string, user: ServerUser): Promise<number> {
  const first = serverProcesses(data, user)
  for (const [name, ms] of [
    ['SIGQUIT', 2_000],
    ['SIGKILL', 10_000],
  ] as const) {
    const now = serverProcesses(data, user)
    if (!now.length) break
    signal(now, name)
    await gone(now, ms)
  }
  const left = serverProcesses(data, user)
  if (left.length) throw new Error(`Processes of an earlier server will not end: ${left.join(', ')}`)
  return first.length
}
