import { setTimeout as pause } from 'node:timers/promises'
import { hmac } from '#platform/crypto/hash.ts'
import type { Keys } from '#platform/crypto/keys.ts'

// Nobody is ever refused for what others typed, from the same address or another: the more that opened nothing within the
// hour, the slower the next is answered, right or wrong. Sixteen digits leave nothing to guess; this keeps the noise down.

/** Wrong numbers an hour that cost nothing: of everybody, and of one neighbourhood on one day. */
const freeOfAll = 300
const freeOfPlace = 20

/** Milliseconds: 250, 500, 1000, then 2000, once more than so many were wrong. */
const after = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(2_000, 250 * 2 ** Math.min(Math.floor((failures - free - 1) / free) * 2, 3))
export const delayOf = ([all = 0, place = 0]: readonly number[]): number =>
  Math.max(after(all, freeOfAll), after(place, freeOfPlace))

/**
 * What is counted: everybody together, and the neighbourhood, under a keyed hash of it and the day, so that no address is
 * kept and none can be followed from one day to the next.
 * @param place undefined where the address is everybody's
 */
export function bucketsOf(keys: Keys, place: string | undefined, now: Date): Buffer[] {
  const { secret } = keys.platformKey('visits.place')
  const day = now.toISOString().slice(0, 10)
  const all = hmac(secret, 'all')
  return place === undefined ? [all] : [all, hmac(secret, JSON.stringify([day, place]))]
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
