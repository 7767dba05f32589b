import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Answer, type Call, client, Refusal } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { accountId, type PersonKey } from '../../tools/demonstration/people.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The real app in a process of its own. */
export interface App {
  readonly child: ChildProcess
  /** Ends it as a power cut would. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
  /** What it has written so far. */
  readonly said: () => string
}

const free = (port: number): Promise<number | undefined> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const at = (server.address() as { port: number }).port
      server.close(() => resolve(at))
    })
  })

/** Two free ports that follow each other: the site's and the staff app's. */
export async function twoPorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = await free(0)
    if (first && first < 65_000 && (await free(first + 1))) return first
  }
  throw new Error('no two free ports')
}

/** Starts the staff part on a data folder and waits until it serves. */
export async function startApp(data: string, port: number): Promise<App> {
  let said = ''
  const child = spawn(process.execPath, ['src/main.ts', '--mode=demonstration', '--parts=staff'], {
    cwd: root,
    env: { ...process.env, SAMAAN_DATA: data, SAMAAN_PORT: String(port), DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', piece => {
      said = `${said}${piece}`.slice(-200_000)
    })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  for (const until = Date.now() + 90_000; Date.now() < until; await pause(50)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the app ended: ${said}`)
    const answer = await fetch(`http://127.0.0.1:${port + 1}/healthz`).catch(() => undefined)
    if (answer?.status === 200)
      return { child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), said: () => said }
  }
  await end('SIGKILL')
  throw new Error(`the app never served: ${said}`)
}

/** Somebody of the demonstration, signed in over the network. */
export interface Person {
  /** Sends once. @throws Refusal, or what the network says */
  readonly call: <O extends Operation>(operation: O, parts: Call<O>) => Promise<Answer<O>>
  /** Sends the same command with the same key until it is answered for good. `resent` counts the further tries and says whether to go on. */
  readonly insist: <O extends Operation>(operation: O, parts: Call<O>, resent: () => boolean) => Promise<Answer<O>>
}

export async function signIn(port: number, key: PersonKey): Promise<Person> {
  const origin = `http://127.0.0.1:${port + 1}`
  const entered = await fetch(`${origin}/api/auth/demonstration/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountId(key) }),
  })
  if (entered.status !== 200) throw new Error(`sign-in: ${entered.status} ${await entered.text()}`)
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
  const send = client(
    ((path: string, init: RequestInit) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookie)
      return fetch(`${origin}${path}`, { ...init, headers, signal: AbortSignal.timeout(10_000) })
    }) as typeof fetch,
    () => 'en',
  )
  const call = send as Person['call']
  return {
    call,
    insist: async (operation, parts, resent) => {
      for (;;)
        try {
          return await call(operation, parts)
        } catch (error) {
          // An answer below 500 is an answer; no answer at all, or "busy", is asked again.
          if (error instanceof Refusal && error.status < 500) throw error
          if (error instanceof Refusal && error.code === 'broken' && error.body.type !== 'about:blank') throw error
          if (!resent()) throw error
          await pause(50)
        }
    },
  }
}
