import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Exercised } from './schedule.ts'

/** A run says which schedule failed; SAMAAN_SEED plays that one again, alone. */
export const only = process.env.SAMAAN_SEED === undefined ? undefined : Number(process.env.SAMAAN_SEED)
/** SAMAAN_PHONES=10000 plays so many. */
export const many = (usual: number): number => (only === undefined ? Number(process.env.SAMAAN_PHONES ?? usual) : 1)

/** What schedules are played against: see `play.ts`. */
export type Kind = 'model' | 'model-with-age' | 'server'
export interface Given {
  readonly kind: Kind
  /** The next seed, and the last: the same memory for all threads. */
  readonly seeds: Int32Array
}
export type Heard =
  | { readonly total: Exercised; readonly notes: readonly string[] }
  | { readonly seed: number; readonly error: unknown }
export interface Played {
  /** What all schedules exercised together. */
  readonly total: Exercised
  readonly notes: readonly string[]
}

/**
 * Plays so many seeds, in threads of their own: the test runner follows every promise of its own thread, and there are
 * millions. @throws the first failure, after its seed was printed
 */
export async function run(kind: Kind, first: number, count: number): Promise<Played> {
  const begun = performance.now()
  const seeds = new Int32Array(new SharedArrayBuffer(8))
  seeds[0] = only ?? first
  seeds[1] = seeds[0] + count - 1
  const threads = Math.max(1, Math.min(availableParallelism(), 4, count))
  const heard = await Promise.all(Array.from({ length: threads }, () => inThread({ kind, seeds })))
  const total: Record<string, number> = {}
  const notes: string[] = []
  for (const one of heard) {
    if ('error' in one) {
      console.error(`again with SAMAAN_SEED=${one.seed}`)
      throw one.error
    }
    for (const [name, number] of Object.entries(one.total)) total[name] = (total[name] ?? 0) + number
    notes.push(...one.notes)
  }
  notes.push(`${count} from seed ${only ?? first} in ${Math.round(performance.now() - begun)} ms`)
  return { total, notes: [...notes, JSON.stringify(total)] }
}

const inThread = (given: Given): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./play.ts', import.meta.url), { workerData: given })
    thread.on('message', resolve)
    thread.on('error', reject)
    thread.on('exit', code => reject(new Error(`a thread ended with ${code} and without a verdict`)))
  })
