import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SourceMutant } from './source.ts'

/** How long one mutant may think before it counts as one that never ends. */
const patience = 20_000

/** A child that holds one text after another against what is said; undefined: nothing differed. */
export interface Judges {
  readonly judge: (mutant?: SourceMutant) => Promise<string | undefined>
  readonly close: () => void
}
export function openJudges(): Judges {
  let child: ChildProcess | undefined
  let at = 0
  const started = async (): Promise<ChildProcess> => {
    if (child) return child
    child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    await once(child, 'message')
    return child
  }
  return {
    judge: async mutant => {
      const process = await started()
      at += 1
      const told = { at, file: mutant?.file ?? '', text: mutant?.text ?? '' }
      return new Promise(resolve => {
        const end = (why: string | undefined) => {
          clearTimeout(timer)
          process.off('message', heard)
          process.off('exit', gone)
          resolve(why)
        }
        const gone = () => {
          child = undefined
          end('the process ended')
        }
        const timer = setTimeout(() => {
          child = undefined
          process.off('exit', gone)
          process.kill('SIGKILL')
          end('it never ends')
        }, patience)
        const heard = (answer: unknown) => {
          const { at: of, why } = answer as { at: number; why?: string }
          if (of === told.at) end(why)
        }
        process.on('message', heard)
        process.once('exit', gone)
        process.send(told)
      })
    },
    close: () => {
      child?.kill()
    },
  }
}
