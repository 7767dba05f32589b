import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Call, client, Refusal } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { accountId, type PersonKey } from '../../tools/demonstration/people.ts'
import { type Program, startProgram } from '../harness/program.ts'

export type { Program as App } from '../harness/program.ts'

/** Starts the staff part on a data folder and waits until it serves. */
export const startApp = (data: string, port: number): Promise<Program> => startProgram({ data, port, parts: 'staff' })

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
