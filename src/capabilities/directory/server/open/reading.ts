import { inTransaction, type Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import { openListing } from './store.ts'

/** So many of the application's connections at most; what staff do never waits for who only looks. */
const atOnce = 2
const waitingAtMost = 64

/**
 * Reads the public list of the installation's country, as nobody: no account, no organisation, no role.
 * @throws Problem busy where too many wait already
 */
export type Reading = <T>(work: (read: Read) => Promise<T>) => Promise<T>

export function readingOf(services: Services): Reading {
  let running = 0
  const waiting: (() => void)[] = []
  const begin = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1
      return
    }
    if (waiting.length >= waitingAtMost) throw new Problem('busy')
    await new Promise<void>(go => waiting.push(go))
  }
  const end = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  return async work => {
    await begin()
    try {
      return await inTransaction(services.pool, undefined, async tx => {
        await openListing(tx, services.config.country)
        return work(tx)
      })
    } finally {
      end()
    }
  }
}
