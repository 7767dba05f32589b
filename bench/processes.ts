import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import serverFlags from '../bin/server-flags.json' with { type: 'json' }

export interface ServerProcess {
  readonly pid: number
  /** Milliseconds from the start of the process to the first good answer of both ports. */
  readonly ready: number
  readonly stop: () => Promise<void>
}

/** Our server as an operator starts it, with a data folder of its own. */
export async function startOurs(root: string, data: string, port: number): Promise<ServerProcess> {
  const start = performance.now()
  const child = spawn(
    process.execPath,
    [...serverFlags, join(root, 'dist', 'server', 'main.js'), '--mode=demonstration'],
    {
      env: { ...process.env, SAMAAN_DATA: data, SAMAAN_PORT: String(port), DATABASE_URL: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const answers = async (at: number) =>
    fetch(`http://127.0.0.1:${at}/healthz`).then(
      response => response.ok,
      () => false,
    )
  while (!((await answers(port)) && (await answers(port + 1)))) {
    if (child.exitCode !== null) throw new Error('the server did not start')
    await pause(5)
  }
  return { pid: child.pid!, ready: performance.now() - start, stop: () => ended(child) }
}

/** Asks a child to end and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** A program of this folder as a process that is spoken to by messages. */
export function startHere(file: string, env: Record<string, string>): ChildProcess {
  return fork(join(import.meta.dirname, file), { env: { ...process.env, ...env } })
}
/** The next message of a process. @throws when it ends instead */
export const messageOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process of the measurement ended'))
    child.once('exit', ended)
    child.once('message', message => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })

/** Resident memory of a process in megabytes; undefined where the system does not say. */
export function residentOf(pid: number): number | undefined {
  const file = `/proc/${pid}/status`
  const found = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8')) : undefined
  return found ? Number(found[1]) / 1024 : undefined
}

/** Processor seconds that a process and those it started have used; undefined where the system does not say. */
export function processorOf(pid: number): number | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined
  const own = timesOf(pid)
  const children = readdirSync('/proc').filter(name => /^\d+$/.test(name) && timesOf(Number(name))?.parent === pid)
  const live = children.reduce((sum, name) => sum + (timesOf(Number(name))?.used ?? 0), 0)
  return ((own?.used ?? 0) + (own?.reaped ?? 0) + live) / 100
}
function timesOf(pid: number): { parent: number; used: number; reaped: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return { parent: fields[1]!, used: fields[11]! + fields[12]!, reaped: fields[13]! + fields[14]! }
  } catch {
    // It ended while we looked.
    return undefined
  }
}
