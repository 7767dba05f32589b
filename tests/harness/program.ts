import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '#platform/config/root.ts'
import { twoPorts } from './ports.ts'

/** The program in a process of its own, as its users start it. */
export interface Program {
  readonly child: ChildProcess
  readonly port: number
  readonly site: string
  readonly staff: string
  /** What it has said so far. */
  readonly said: () => string
  /** Ends it in order. */
  readonly stop: () => Promise<void>
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>
}
export interface ProgramOptions {
  readonly data: string
  readonly mode?: 'demonstration' | 'production'
  /** All by default. */
  readonly parts?: string
  readonly port?: number
  readonly env?: Record<string, string>
}

/** Starts the program from its sources without waiting for it. */
export function launch(options: ProgramOptions & { port: number }): Program {
  const { data, mode = 'demonstration', parts = 'site,staff,jobs', port, env } = options
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), `--mode=${mode}`, `--parts=${parts}`], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', SAMAAN_DATA: data, SAMAAN_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said = `${said}${chunk}`.slice(-200_000)
    })
  const gone = once(child, 'exit')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await gone
    clearTimeout(late)
  }
  return {
    child,
    port,
    site: `http://localhost:${port}`,
    staff: `http://localhost:${port + 1}`,
    said: () => said,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Starts the program and waits until it serves, at most 90 s. @throws with what it said when it does not */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const program = launch({ port: await twoPorts(), ...options })
  const first = (options.parts ?? 'staff').includes('staff') ? program.staff : program.site
  for (const until = Date.now() + 90_000; Date.now() < until; await pause(50)) {
    if (program.child.exitCode !== null || program.child.signalCode !== null)
      throw new Error(`the program ended by itself:\n${program.said()}`)
    const answer = await fetch(`${first}/healthz`).catch(() => undefined)
    if (answer?.ok) return program
  }
  await program.kill()
  throw new Error(`the program did not serve in time:\n${program.said()}`)
}

/** An operator's command, as `samaan` runs it. */
export async function samaan(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'src/cli.ts'), ...args], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
  const [code] = (await once(child, 'exit')) as [number]
  return { code, said }
}
