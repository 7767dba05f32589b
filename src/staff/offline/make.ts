import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { Bytes } from './bytes.ts'
import { type Database, openDatabase } from './database.ts'
import { type Finished, OutboxError } from './outbox.ts'
import type { Delivery, Transport } from './outbox-send.ts'
import { openPhone, type Phone } from './phone.ts'
import type { Channel, Locks, Ports } from './ports.ts'

/** A clock that a test sets: the phone's, and the one that only grows. */
export interface Clock {
  now: number
  steady: number
  /** Time passes for both. */
  pass(ms: number): void
}
export const start = Date.UTC(2026, 10, 22, 8)
export function makeClock(now = start): Clock {
  const clock: Clock = {
    now,
    steady: 1000,
    pass(ms) {
      clock.now += ms
      clock.steady += ms
    },
  }
  return clock
}

/** One lock per name, as `navigator.locks` gives to all tabs of an origin. */
export function makeLocks(): Locks {
  const held = new Set<string>()
  return {
    async request(name, _, work) {
      if (held.has(name)) return work(null)
      held.add(name)
      try {
        return await work({ name })
      } finally {
        held.delete(name)
      }
    },
  }
}

/** One message bus for all tabs; each tab has its own end. */
export function makeBus(): () => Channel {
  const ends: { own: symbol; heard: (event: { data: unknown }) => void }[] = []
  return () => {
    const own = Symbol('tab')
    return {
      postMessage: data => {
        for (const end of ends) if (end.own !== own) end.heard({ data })
      },
      addEventListener: (_, heard) => {
        ends.push({ own, heard })
      },
    }
  }
}

export const makePorts = (clock: Clock, more: Partial<Ports> = {}): Ports => ({
  factory: new IDBFactory(),
  crypto: globalThis.crypto,
  now: () => clock.now,
  monotonic: () => clock.steady,
  random: () => 0.5,
  locks: makeLocks(),
  ...more,
})

/** The power goes: nothing after it happens in this process. */
export class Crash extends Error {}
export interface Faults {
  /** Writes begun so far. */
  writes: number
  /** The write at which the power goes, and whether it had reached the disk. */
  at: number
  when: 'before' | 'after'
  dead: boolean
  /** Thrown by every write instead of doing it. */
  failing: Error | undefined
  through(database: Database): Database
}
export function makeFaults(): Faults {
  const faults: Faults = {
    writes: 0,
    at: Number.POSITIVE_INFINITY,
    when: 'before',
    dead: false,
    failing: undefined,
    through: database => ({
      ...database,
      async transact(stores, mode, work) {
        if (faults.dead) throw new Crash()
        if (mode === 'readonly') return database.transact(stores, mode, work)
        if (faults.failing) throw faults.failing
        faults.writes += 1
        const here = faults.writes === faults.at
        if (here) faults.dead = true
        if (here && faults.when === 'before') throw new Crash()
        const result = await database.transact(stores, mode, work)
        if (here) throw new Crash()
        return result
      },
    }),
  }
  return faults
}

export const phrase = 'copper lantern walks under maple'
export const otherPhrase = 'silver teapot sings above cedar'
export const prfOf = (seed: number): Bytes => new Uint8Array(32).fill(seed)

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const device = {
  id: uuid(1),
  credential: 'not-a-real-credential',
  recipient: 'age1test',
  account: uuid(2),
}
export const finished = (body: Finished['body'], more: Partial<Finished> = {}): Finished => ({
  operation: 'screening.record',
  params: { case: uuid(7) },
  body,
  assignment: uuid(3),
  purpose: 'identification',
  group: uuid(7),
  ...more,
})

/** Quick and unsafe, where a test is not about sealing. */
export const noSeal = async (_: string, bytes: Bytes): Promise<Bytes> => bytes.slice()

/** A server that answers each parcel as told; everything else is done. */
export interface Answers {
  readonly welcome?: () => ReturnType<Transport['welcome']>
  readonly deliver?: (id: string, bytes: Bytes) => ReturnType<Transport['deliver']>
}
export function makeTransport(
  answers: Answers = {},
  time: () => number = () => start,
): Transport & { readonly got: string[] } {
  const got: string[] = []
  return {
    got,
    welcome: answers.welcome ?? (async () => ({ time: time() })),
    async deliver(_, id, bytes) {
      got.push(id)
      return answers.deliver ? answers.deliver(id, bytes) : { state: 'done' }
    },
  }
}

/** An enrolled, unlocked phone with everything a test may touch of it. */
export async function makeOutboxStage() {
  const clock = makeClock()
  const ports = makePorts(clock)
  const faults = makeFaults()
  const open = () => openPhone(ports, { seal: noSeal, through: faults.through })
  const phone = await open()
  const publicKey = await phone.vault.create({ prf: prfOf(1) }, start)
  await phone.enrol(device)
  const raw = await openDatabase(ports.factory)
  return { clock, ports, faults, phone, open, publicKey, raw }
}
export const states = async (phone: Phone) =>
  Object.fromEntries((await phone.outbox.list()).map(one => [one.id, one.state]))
export const stateOf = async (phone: Phone, id: string) => (await phone.outbox.list()).find(one => one.id === id)
export const refused = (code = 'invalid'): Delivery => ({
  state: 'refused',
  code,
  fields: [{ field: 'body.name', code: 'required' }],
})
export const closed = (code: string) => (error: unknown) => error instanceof OutboxError && error.code === code
export const sealedOf = (raw: Database, id: string) => raw.transact(['sealed'], 'readonly', tx => tx.get('sealed', id))
