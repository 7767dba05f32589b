import { randomBytes, randomFillSync, randomInt } from 'node:crypto'

type Last = { time: number; counter: number }
// Apart, so that a time given (seeding, tests) does not drag the clock of ordinary identifiers with it.
const byClock: Last = { time: 0, counter: 0 }
const byCaller: Last = { time: -1, counter: 0 }
// One system call fills many identifiers: the generator is the dearest part of making one.
const pool = Buffer.alloc(16 * 256)
let used = pool.length

function draw(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const part = pool.subarray(used, used + bytes)
  used += bytes
  return part
}

/**
 * UUID version 7 (RFC 9562 §5.7 with a 12-bit counter in rand_a, §6.2 method 1): 48 bits of milliseconds, then
 * a counter that grows within one millisecond, then 62 random bits. Identifiers of one process sort in the order they
 * were made, also when the clock steps back. A given `now` (ms since 1970) is kept.
 */
export function uuidv7(now?: number): string {
  const last = now === undefined ? byClock : byCaller
  let time = now ?? Math.max(Date.now(), last.time)
  if (!Number.isSafeInteger(time) || time < 0 || time >= 2 ** 48) throw new RangeError('a time outside UUIDv7')
  const tail = draw(10)
  // Half of the range is left free for what follows in the same millisecond.
  let counter = time === last.time ? last.counter + 1 : ((tail[8]! << 8) | tail[9]!) & 0x7ff
  if (counter > 0xfff) {
    time += 1
    counter = 0
  }
  last.time = time
  last.counter = counter
  const hex =
    time.toString(16).padStart(12, '0') +
    (0x7000 | counter).toString(16) +
    (0x80 | (tail[0]! & 0x3f)).toString(16) +
    tail.toString('hex', 1, 8)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A secret for a session, an invitation or a device: base64url of so many random bytes (at least 16). */
export function token(bytes = 32): string {
  if (bytes < 16) throw new RangeError('a token needs 16 bytes or more')
  return randomBytes(bytes).toString('base64url')
}

/** So many random decimal digits, zeros in front kept. */
export function digits(n: number): string {
  let out = ''
  for (let i = 0; i < n; i++) out += randomInt(10)
  return out
}
