import type { Database } from './database.ts'
import { day } from './expiry.ts'

/** What stands on the disk. `held` is not kept: it follows from the others. */
export type KeptState = 'waiting' | 'sending' | 'stuck' | 'refused' | 'done' | 'quarantined' | 'discarded'
export type ItemState = KeptState | 'held'

/** Beside the sealed bytes: ids, times and codes, nothing that a person wrote. */
export interface ParcelRecord {
  readonly id: string
  /** Whose key signed it, and under whose credential it goes. */
  readonly device: string
  /** Order of making, per phone. */
  readonly order: number
  /** Ms since 1970 by the phone's clock. */
  readonly madeAt: number
  /** Parcels without which the server could not do this one. */
  readonly after: readonly string[]
  readonly state: KeptState
  /** Times it was sent without an answer. */
  readonly tries: number
  /** It was sent at least once, so that the server may have done it whatever was answered since. */
  readonly attempted: boolean
  readonly nextTryAt: number
  readonly code: string | null
  /** Dotted paths and codes, where it was refused. */
  readonly fields: readonly FieldCode[]
  readonly hash: string
  /** Bytes, sealed and padded. */
  readonly size: number
  /** Key of the row with the officer's own copy. */
  readonly copy: string
  /** Ms since 1970 by the phone's clock, when it was settled or discarded. */
  readonly settledAt: number | null
  /** What it was before it was discarded. */
  readonly before?: KeptState
}
export interface FieldCode {
  readonly field: string
  readonly code: string
}

export const retry = {
  first: 5_000,
  longest: 60 * 60_000,
  /** So many sendings without an answer, then it is stuck: shown to a person, and tried once a day. */
  most: 10,
  stuck: day,
} as const

/** Ms until the next try: doubling, capped, and spread so that phones do not come back all at once. */
export function backOff(tries: number, random: number): number {
  if (tries >= retry.most) return retry.stuck
  return Math.min(retry.longest, retry.first * 2 ** Math.max(0, tries - 1)) * (0.5 + random / 2)
}

export type Index = ReadonlyMap<string, ParcelRecord>

/** What must be settled first. A parcel that is no longer kept was done long ago. */
export const heldBy = (record: ParcelRecord, all: Index): string[] =>
  record.after.filter(id => {
    const needed = all.get(id)
    // What went before it, from a phone that was ended then, goes again: without its answer neither could be set aside.
    if (record.attempted && needed?.state === 'refused') return false
    // A quarantined one waits on the server, where a person will look at what hangs on it too.
    return needed !== undefined && !hasArrived(needed)
  })

export const shownState = (record: ParcelRecord, all: Index): ItemState =>
  (record.state === 'waiting' || record.state === 'stuck') && heldBy(record, all).length > 0 ? 'held' : record.state

/**
 * Whether it may go now; asked by the only sender, for whom `sending` is what was cut off. A time further off than any
 * back-off was set by a clock that has been put back.
 * @param ended the server has ended this device: nobody will mend on it what others wait for, so all of it goes
 */
export const isDue = (record: ParcelRecord, all: Index, now: number, ended: boolean): boolean =>
  (record.state === 'waiting' || record.state === 'stuck' || record.state === 'sending') &&
  (record.nextTryAt <= now || record.nextTryAt > now + retry.stuck) &&
  (ended || heldBy(record, all).length === 0)

/** Everything that needs it, and what needs that, in order of making. */
export function dependantsOf(id: string, all: Index): string[] {
  const found = new Set([id])
  const ordered = [...all.values()].sort((a, b) => a.order - b.order)
  for (let size = 0; size < found.size; ) {
    size = found.size
    for (const one of ordered) if (one.after.some(needed => found.has(needed))) found.add(one.id)
  }
  return ordered.filter(one => one.id !== id && found.has(one.id)).map(one => one.id)
}

/** On its way: nothing was answered to it that settles it. */
export const isUnsettled = ({ state }: ParcelRecord): boolean =>
  state === 'waiting' || state === 'stuck' || state === 'sending'

/** The server has it: done, or waiting there for a person. */
export const hasArrived = ({ state }: ParcelRecord): boolean => state === 'done' || state === 'quarantined'

/** The server can not have done it: it said so, or was never asked. */
export const isUntouched = (record: ParcelRecord): boolean =>
  record.state === 'refused' || (record.state === 'waiting' && !record.attempted)

/** Codes are kept as they are, anything else that an answer might hold is not. */
export const safeCode = (code: string | undefined): string | null =>
  code !== undefined && /^[a-z][a-z0-9-]{0,59}$/.test(code) ? code : null
export const safeFields = (fields: readonly FieldCode[] = []): FieldCode[] =>
  fields.slice(0, 100).map(({ field, code }) => ({
    field: /^[\w.[\]-]{0,120}$/.test(field) ? field : '',
    code: safeCode(code) ?? 'wrong',
  }))

/** Forgets what was settled by then (ms since 1970). @returns how many */
export const dropDone = (database: Database, until: number): Promise<number> =>
  database.transact(['parcels', 'sealed'], 'readwrite', async tx => {
    const past = (await tx.all('parcels')).filter(
      one => (one.state === 'done' || one.state === 'quarantined') && (one.settledAt ?? 0) <= until,
    )
    for (const { id } of past) {
      await tx.delete('sealed', id)
      await tx.delete('parcels', id)
    }
    return past.length
  })
