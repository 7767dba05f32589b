import { setTimeout as pause } from 'node:timers/promises'
import { hmac } from '../crypto/hash.ts'
import type { Keys } from '../crypto/keys.ts'

// Where something is typed without a session, nobody is ever refused for what others typed, from the same address or another:
// the more that opened nothing within the hour, the slower the next is answered, right or wrong. This keeps the noise down.

/** A count of what opened nothing; so many an hour cost nothing. */
export interface Count {
  readonly key: Buffer
  readonly free: number
}
/** Milliseconds: 250, 500, 1000, then 2000, once more than so many were wrong. */
const after = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(2_000, 250 * 2 ** Math.min(Math.floor((failures - free - 1) / free) * 2, 3))
/** @param failures of each count, in its order */
export const delayOf = (counts: readonly Count[], failures: readonly number[]): number =>
  Math.max(0, ...counts.map(({ free }, at) => after(failures[at] ?? 0, free)))

/**
 * What is counted for one slice: everybody together, the neighbourhood under a keyed hash of it and the day, so that no
 * address is kept and none can be followed from one day to the next, and the one thing that is tried, whether it is there
 * or not.
 * @param place undefined where the address is everybody's
 */
export function countsOf(keys: Keys, slice: string, place: string | undefined, now: Date, tried?: string): Count[] {
  const { secret } = keys.platformKey(`${slice}.place`)
  const day = now.toISOString().slice(0, 10)
  return [
    { key: hmac(secret, 'all'), free: 300 },
    ...(place === undefined ? [] : [{ key: hmac(secret, JSON.stringify([day, place])), free: 20 }]),
    ...(tried === undefined ? [] : [{ key: hmac(secret, JSON.stringify(['tried', tried])), free: 2 }]),
  ]
}

const mostWaiting = 500
let waiting = 0
/** Waits without holding anything but the request; with very many waiting, one more goes on. */
export async function slowDown(milliseconds: number): Promise<void> {
  if (milliseconds === 0 || waiting >= mostWaiting) return
  waiting += 1
  try {
    await pause(milliseconds)
  } finally {
    waiting -= 1
  }
}
