import type { Bytes } from './bytes.ts'
import { type Database, type Device, StorageError } from './database.ts'
import { type Asking, askingOf, forget, type Told } from './forget.ts'
import {
  backOff,
  dropDone,
  type FieldCode,
  type Index,
  isDue,
  isUnsettled,
  type ParcelRecord,
  retry,
  safeCode,
  safeFields,
} from './outbox-states.ts'
import { hashOf } from './parcel.ts'
import type { Ports } from './ports.ts'
import type { Vault } from './vault.ts'

/** The server's answer to a parcel. `time`: ms since 1970, the server's. */
export type Delivery =
  | { readonly state: 'done'; readonly time?: number }
  | {
      readonly state: 'refused'
      readonly code: string
      readonly fields?: readonly FieldCode[]
      readonly time?: number
    }
  | { readonly state: 'quarantined'; readonly time?: number }
  /** No answer, or one that settles nothing: it may or may not have been done. */
  | 'unreachable'
  /** The phone is no longer welcome, and the parcel was not taken. */
  | 'revoked'

/** What carries parcels, with a device's credential: it needs no key and no session. */
export interface Transport {
  deliver(device: Device, id: string, bytes: Bytes): Promise<Delivery>
  /**
   * Whether this phone is still welcome; asked before a run, so that no try is used up where there is no signal.
   * @param asking of its copy; without it, or while what it knows still holds, nothing is told of that
   */
  welcome(
    device: Device,
    asking?: Asking,
  ): Promise<{ readonly time: number; readonly told?: Told } | 'unreachable' | 'revoked'>
}

export interface Sent {
  readonly outcome: 'sent' | 'busy' | 'unreachable' | 'revoked' | 'full'
  readonly done: number
  readonly refused: number
  readonly quarantined: number
  readonly unanswered: number
}
const nothing: Sent = { outcome: 'sent', done: 0, refused: 0, quarantined: 0, unanswered: 0 }

/**
 * Sends what is due, one after the other, locked or not. Only one tab or worker does at a time. A parcel whose answer is
 * lost is sent again under the same id, and the server does it once.
 */
export async function send(database: Database, vault: Vault, transport: Transport, ports: Ports): Promise<Sent> {
  return ports.locks.request('samaan-outbox', { ifAvailable: true }, async lock =>
    lock ? run(database, vault, transport, ports) : { ...nothing, outcome: 'busy' as const },
  )
}

const kept = (database: Database, due: ParcelRecord) =>
  database.transact(['sealed'], 'readonly', async tx => ({
    record: due,
    bytes: (await tx.get('sealed', due.id))?.bytes,
  }))
/** Sending goes on without its notes when the disk is full: it is what makes room. */
const unlessFull = <T>(work: Promise<T>): Promise<T | 'full'> =>
  work.catch((error: unknown) => {
    if (error instanceof StorageError && error.reason === 'full') return 'full' as const
    throw error
  })

async function run(database: Database, vault: Vault, transport: Transport, ports: Ports): Promise<Sent> {
  // Whoever holds the lock is the only sender, so what still says `sending` was cut off.
  await unlessFull(
    database.transact(['parcels'], 'readwrite', async tx => {
      for (const one of await tx.all('parcels'))
        if (one.state === 'sending') await tx.put('parcels', { ...one, state: 'waiting' })
    }),
  )
  const devices = (await database.transact(['meta'], 'readonly', tx => tx.meta('devices'))) ?? []
  const present = devices.at(-1)
  if (!present) return nothing
  const sent: Counting = { ...nothing }
  const asking = await askingOf(database, present)
  const welcome = await transport.welcome(present, asking).catch(() => 'unreachable' as const)
  if (welcome === 'unreachable') return { ...sent, outcome: 'unreachable' }
  // Only the present device speaks for the phone: its end destroys, its contact counts.
  const end = async () => {
    await vault.destroy('revoked', present.epoch)
    sent.outcome = 'revoked'
  }
  // What was finished before still goes: the server sets it aside for a person to look at.
  if (welcome === 'revoked') await end()
  else {
    // Only then does it count as contact: silence ends with what may be read, not without it.
    if (welcome.told) await unlessFull(forget(database, present, welcome.told, welcome.time, ports))
    await unlessFull(vault.contact(welcome.time))
  }
  for (const device of devices) {
    let ended = welcome === 'revoked'
    if (device !== present) {
      if (!(await hasOpen(database, device.id))) continue
      const own = await transport.welcome(device).catch(() => 'unreachable' as const)
      if (own === 'unreachable') continue
      ended ||= own === 'revoked'
    }
    const stopped = await sendAll(database, transport, ports, device, ended, sent)
    if (stopped && device === present) await end()
  }
  return sent
}

type Counting = { -readonly [K in keyof Sent]: Sent[K] }

/** What one device signed. @returns whether the server stopped taking from it */
async function sendAll(
  database: Database,
  transport: Transport,
  ports: Ports,
  device: Device,
  ended: boolean,
  sent: Counting,
): Promise<boolean> {
  const seen = new Set<string>()
  for (;;) {
    const due = await nextDue(database, ports.now(), device.id, seen, ended)
    if (!due) return false
    seen.add(due.id)
    const answer = await sendOne(database, transport, ports, device, due)
    if (answer === 'revoked') return true
    if (answer === 'full') sent.outcome = 'full'
    else if (answer === 'unreachable') sent.unanswered++
    else if (answer !== 'changed') sent[answer]++
  }
}

const hasOpen = async (database: Database, device: string): Promise<boolean> =>
  (await database.transact(['parcels'], 'readonly', tx => tx.all('parcels'))).some(
    one => one.device === device && isUnsettled(one),
  )

async function nextDue(
  database: Database,
  now: number,
  device: string,
  seen: ReadonlySet<string>,
  ended: boolean,
): Promise<ParcelRecord | undefined> {
  const records = await database.transact(['parcels'], 'readonly', tx => tx.all('parcels'))
  const all: Index = new Map(records.map(one => [one.id, one]))
  return records
    .sort((a, b) => a.order - b.order)
    .find(one => one.device === device && !seen.has(one.id) && isDue(one, all, now, ended))
}

type Outcome = 'done' | 'refused' | 'quarantined' | 'unreachable' | 'revoked' | 'full' | 'changed'

async function sendOne(
  database: Database,
  transport: Transport,
  ports: Ports,
  device: Device,
  due: ParcelRecord,
): Promise<Outcome> {
  /** Writes what became of it, if nothing else did meanwhile, and reads what is sent in the same step. */
  const note = (change: Partial<ParcelRecord>) =>
    unlessFull(
      database.transact(['parcels', 'sealed'], 'readwrite', async tx => {
        const now = await tx.get('parcels', due.id)
        if (!now || !isUnsettled(now)) return 'changed' as const
        await tx.put('parcels', { ...now, ...change })
        return { record: now, bytes: (await tx.get('sealed', due.id))?.bytes }
      }),
    )

  const begin = () => note({ state: 'sending', attempted: true })
  let begun = await begin()
  if (begun === 'full' && (await unlessFull(dropDone(database, Number.POSITIVE_INFINITY))) !== 'full')
    begun = await begin()
  if (begun === 'changed') return 'changed'
  // Sent without a note, it would look untouched and might be edited into a second one.
  if (begun === 'full' && !due.attempted) return 'full'
  const { record, bytes } = begun === 'full' ? await kept(database, due) : begun
  if (!bytes || (await hashOf(ports.crypto.subtle, bytes)) !== record.hash) {
    await note({ state: 'stuck', tries: retry.most, code: 'damaged', nextTryAt: ports.now() + retry.stuck })
    return 'unreachable'
  }
  const answer = await transport.deliver(device, due.id, bytes).catch(() => 'unreachable' as const)
  const noted = await note(changeFor(answer, record, ports))
  // An answer that could not be written down is asked for again: the same id, done once.
  if (noted === 'full') return 'full'
  return typeof answer === 'string' ? answer : answer.state
}

function changeFor(answer: Delivery, due: ParcelRecord, ports: Ports): Partial<ParcelRecord> {
  if (answer === 'revoked') return { state: 'waiting' }
  if (answer === 'unreachable') {
    const tries = due.tries + 1
    return {
      state: tries >= retry.most ? 'stuck' : 'waiting',
      tries,
      nextTryAt: ports.now() + backOff(tries, ports.random()),
    }
  }
  if (answer.state === 'refused')
    return { state: 'refused', code: safeCode(answer.code) ?? 'refused', fields: safeFields(answer.fields), tries: 0 }
  return { state: answer.state, code: null, fields: [], settledAt: answer.time ?? ports.now() }
}
