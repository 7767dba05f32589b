import { argon2, randomBytes } from 'node:crypto'
import { equal } from './hash.ts'
import { BusyError } from './key-error.ts'

/** Cost of Argon2id (RFC 9106): memory in KiB, passes, lanes. */
export interface PasswordCost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** 64 MiB, 3 passes: about 150 ms of one core; the floor of OWASP ASVS 5.0 is 19 MiB and 2 passes. */
export const passwordCost: PasswordCost = { memory: 65_536, passes: 3, lanes: 1 }

const AT_ONCE = 2
const QUEUE = 50
let running = 0
const waiting: (() => void)[] = []

/** At most two at once: each takes 64 MiB and a thread of the pool, and a flood of sign-ins must stop nobody's work. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= QUEUE) throw new BusyError()
    // Whoever ends hands its place over, so nobody slips in between.
    await new Promise<void>(resolve => waiting.push(resolve))
  } else {
    running += 1
  }
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function derive(password: string, salt: Uint8Array, cost: PasswordCost, length: number): Promise<Buffer> {
  const parameters = {
    // One person types an accent as one character, another as two (NIST SP 800-63B asks for NFKC or NFKD).
    message: password.normalize('NFKC'),
    nonce: salt,
    memory: cost.memory,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: length,
  }
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)))
      }),
  )
}

const bare = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/** `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`. @throws BusyError when 50 wait already */
export async function hashPassword(password: string, cost: PasswordCost = passwordCost): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost, 32)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.lanes}$${bare(salt)}$${bare(tag)}`
}

function parse(hash: string): { cost: PasswordCost; salt: Buffer; tag: Buffer } | undefined {
  const found = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43})$/.exec(
    hash,
  )
  if (!found) return undefined
  const cost = { memory: Number(found[1]), passes: Number(found[2]), lanes: Number(found[3]) }
  return { cost, salt: Buffer.from(found[4]!, 'base64'), tag: Buffer.from(found[5]!, 'base64') }
}

/**
 * Whether the password is the one of the hash. Without a hash (no such user) it does the same work and says no.
 * @param cost what a missing hash is worth; a hash names its own
 * @throws BusyError when 50 wait already
 */
export async function verifyPassword(
  hash: string | undefined,
  password: string,
  cost: PasswordCost = passwordCost,
): Promise<boolean> {
  const known = hash === undefined ? undefined : parse(hash)
  const salt = known?.salt ?? randomBytes(16)
  const tag = await derive(password, salt, known?.cost ?? cost, 32)
  return known !== undefined && equal(tag, known.tag)
}

/** Whether a hash was made at another cost than today's, to be made anew at the next successful sign-in. */
export function isOutdated(hash: string, cost: PasswordCost = passwordCost): boolean {
  const known = parse(hash)?.cost
  return known?.memory !== cost.memory || known.passes !== cost.passes || known.lanes !== cost.lanes
}
