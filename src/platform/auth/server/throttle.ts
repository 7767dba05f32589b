import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../../config/config.ts'
import type { DataKey } from '../../crypto/data-key.ts'
import { hmac } from '../../crypto/hash.ts'
import type { Read, Tx } from '../../db/context.ts'
import { Problem } from '../../problem/problem.ts'
import { countFailure, failuresOf, setWait, waitUntil } from './store.ts'

// Failed tries are counted by who tries from where. Never by the account alone: then anybody could lock out anybody.
// For the same reason a place alone never refuses a right password: what others did from there only makes it slower.

const maxWaitSeconds = 15 * 60
/** After so long without a failure the count starts again. */
const quietHours = 1

/** A count of failures that makes the next try wait: so many are free, then 2, 4, 8 … seconds, at most 15 minutes. */
export interface Bucket {
  readonly key: Buffer
  readonly free: number
}

/** Seconds to wait after so many failures, of which the first `free` cost nothing. */
export const waitSeconds = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(maxWaitSeconds, 2 ** Math.min(failures - free, 20))

/** An address's neighbourhood: /24 of IPv4, /48 of IPv6. One connection often has many addresses of it to try from. */
export function neighbourhood(remote: string): string {
  const address = remote.replace(/%.*$/, '').toLowerCase()
  const mapped = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(address)
  if (mapped) return `${mapped[1]}.${mapped[2]}.${mapped[3]}.0/24`
  if (!address.includes(':')) return 'unknown'
  const [head = '', tail] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups
    .slice(0, 3)
    .map(one => one.replace(/^0+(?=.)/, ''))
    .join(':')}::/48`
}

/** Whether the connection came from this very machine. */
export const isLoopback = (remote: string): boolean => /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/i.test(remote)

const bucket = (pepper: DataKey, free: number, ...parts: string[]): Bucket => ({
  key: hmac(pepper.secret, JSON.stringify(parts)),
  free,
})

/** The tries from one neighbourhood on one account. */
export const strangerBucket = (pepper: DataKey, remote: string, claimed: string): Bucket =>
  bucket(pepper, 4, 'place-account', neighbourhood(remote), claimed.toLowerCase())
/** A whole office may share an address, so a place has more free tries than a person. */
export const placeBucket = (pepper: DataKey, remote: string): Bucket =>
  bucket(pepper, 20, 'place', neighbourhood(remote))
/** A browser that signed in to this account before is counted for itself. */
export const deviceBucket = (pepper: DataKey, device: Buffer): Bucket =>
  bucket(pepper, 6, 'device', device.toString('hex'))
/** Wrong credentials of phones, apart from people's tries: a phone that keeps asking must not slow down its office. */
export const phoneBuckets = (pepper: DataKey, remote: string, device: string): Bucket[] => [
  bucket(pepper, 4, 'place-phone', neighbourhood(remote), device),
  bucket(pepper, 50, 'place-phones', neighbourhood(remote)),
]
export const sessionBucket = (pepper: DataKey, session: string): Bucket => bucket(pepper, 4, 'session', session)

/** @throws Problem slow-down while any of the buckets has a wait to serve */
export async function checkWait(read: Read, buckets: readonly Bucket[], now: Date): Promise<void> {
  const until = await waitUntil(
    read,
    buckets.map(one => one.key),
  )
  if (until && until.getTime() > now.getTime()) throw new Problem('slow-down')
}

/** Counts a failure in every bucket and sets how long the next try has to wait. */
export async function recordFailure(tx: Tx, buckets: readonly Bucket[], now: Date): Promise<void> {
  // One order for everybody, so that two failures at once do not wait for each other for ever.
  for (const one of [...buckets].sort((a, b) => Buffer.compare(a.key, b.key))) {
    const failures = await countFailure(tx, one.key, now, quietHours)
    await setWait(tx, one.key, new Date(now.getTime() + waitSeconds(failures, one.free) * 1000))
  }
}

/** Milliseconds that a try waits for what failed before from its place: nothing for so many, then 250, 500 … 2000. */
export const placeDelay = (failures: number, free: number): number =>
  failures <= free ? 0 : Math.min(2_000, 250 * 2 ** Math.min(failures - free - 1, 3))

/** Whether an address says where somebody is: behind a proxy that we were not told of, everybody's is this machine's. */
export const isPlace = (remote: string): boolean => neighbourhood(remote) !== 'unknown' && !isLoopback(remote)

let waiting = 0

/**
 * Makes a try wait for what others did from its place; nobody is refused for that.
 * @param most tries of this process that wait at the same time: each holds a connection of the pool, so one more goes on
 */
export async function slowDown(read: Read, place: Bucket, now: Date, most: number): Promise<void> {
  const delay = placeDelay(await failuresOf(read, place.key, now, quietHours), place.free)
  if (delay === 0 || waiting >= most) return
  waiting += 1
  try {
    await pause(delay)
  } finally {
    waiting -= 1
  }
}

let told = false

/** Says once that nobody's address is known, where people are real: then a place tells nothing about who tries. */
export function noteHiddenPlaces({ mode, log }: Pick<Config, 'mode' | 'log'>, remote: string): void {
  if (told || mode !== 'production' || isPlace(remote)) return
  told = true
  log({ event: 'addresses-hidden', setting: 'SAMAAN_TRUST_PROXY' })
}
