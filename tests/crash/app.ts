import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Call, Refusal } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import type { Caller } from '../harness/harness.ts'
import { overNetwork } from '../harness/over-network.ts'
import { type Program, startProgram } from '../harness/program.ts'

export type { Program as App } from '../harness/program.ts'

/** Starts the staff part on a data folder and waits until it serves. */
export const startApp = (data: string, port: number): Promise<Program> => startProgram({ data, port, parts: 'staff' })

/** Somebody of the demonstration, signed in over the network. */
export interface Person {
  /** Sends once. @throws Refusal, or what the network says */
  readonly call: Caller
  /** Sends the same command with the same key until it is answered for good. `resent` counts the further tries and says whether to go on. */
  readonly insist: <O extends Operation>(operation: O, parts: Call<O>, resent: () => boolean) => Promise<Answer<O>>
}

export async function signIn(port: number, key: PersonKey): Promise<Person> {
  const { call } = await overNetwork(`http://127.0.0.1:${port + 1}`, 10_000).as(key)
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
