import type { Json, ParcelContent } from '#platform/sync/parcel-format.ts'
import { identifier } from './bytes.ts'
import { type Database, type Row, StorageError } from './database.ts'
import { day } from './expiry.ts'
import { headsIn } from './files-states.ts'
import {
  dependantsOf,
  dropDone,
  type FieldCode,
  hasArrived,
  heldBy,
  type Index,
  type ItemState,
  isUntouched,
  type ParcelRecord,
  shownState,
} from './outbox-states.ts'
import { makeParcel, type Parcel, type Seal } from './parcel.ts'
import type { Ports } from './ports.ts'
import type { Content, Rows } from './rows.ts'
import type { Vault } from './vault.ts'
import type { Keys } from './vault-keys.ts'

/** What a person finished. */
export interface Finished {
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Json
  /** The command's own id (UUID); made here when absent. */
  readonly key?: string
  /** What `If-Match` would say. */
  readonly version?: number
  readonly assignment: string
  readonly purpose: string
  /** The case it belongs to, for what leaves the phone when the case may no longer be read. */
  readonly group: string | null
  /** Ids of parcels that must be done first. */
  readonly after?: readonly string[]
  /** What the pages made it of, for putting it right: kept in the own copy alone, and gone with it. */
  readonly draft?: unknown
}

export interface Item {
  readonly id: string
  readonly state: ItemState
  /** The parcels it waits for, when held. */
  readonly needs: readonly string[]
  readonly madeAt: number
  readonly tries: number
  readonly nextTryAt: number
  readonly code: string | null
  readonly fields: readonly FieldCode[]
  readonly size: number
  /** It may be edited or discarded: the server certainly has not done it. */
  readonly open: boolean
}

export type OutboxCode = 'unknown' | 'may-have-arrived' | 'exists' | 'not-enrolled' | 'closed'
export class OutboxError extends Error {
  readonly code: OutboxCode
  constructor(code: OutboxCode) {
    super(`outbox: ${code}`)
    this.code = code
  }
}

export interface Outbox {
  /**
   * Keeps a command; when this resolves it is on the disk and will arrive.
   * @returns its id
   * @throws VaultError locked; StorageError full (nothing was kept: leave it on the screen); ParcelFlaw too-large
   */
  add(finished: Finished): Promise<string>
  /** In order of making. Works while locked. */
  list(): Promise<Item[]>
  /** The officer's own copy, unlocked. */
  read(id: string): Promise<Finished | undefined>
  /**
   * A corrected command in place of one that was refused or never sent. It keeps its id, so that an earlier sending that
   * is still under way cannot make it happen twice; only where that id was used up (`bad-key`) it gets another, and what
   * needed the old one needs the new one.
   */
  edit(id: string, finished: Finished): Promise<string>
  /** Sets it aside, and all that need it and have not arrived. @returns their ids, for `undo`. @throws OutboxError may-have-arrived */
  discard(id: string): Promise<string[]>
  undo(ids: readonly string[]): Promise<void>
  /** Removes what was discarded, and what was done long ago. To be called when a session begins. */
  tidy(): Promise<void>
  /** A person asks for another try now. */
  retry(id: string): Promise<void>
  /** The server was restored from a backup made at this time (its own, ms): what it did since is sent again. */
  again(since: number): Promise<number>
}

/** Done parcels stay sealed for so long, for a server that is restored from a backup. */
export const keptAfterDone = 14 * day
export const keptAfterDiscard = 60 * 60_000
export const copyKind = 'outbox'
/** The server did another wording of this id before. */
const usedUpCode = 'bad-key'

export function outboxOf(database: Database, vault: Vault, rows: Rows, ports: Ports, seal?: Seal): Outbox {
  const load = async (): Promise<Index> => {
    const records = await database.transact(['parcels'], 'readonly', tx => tx.all('parcels'))
    return new Map(records.sort((a, b) => a.order - b.order).map(one => [one.id, one]))
  }

  async function make(keys: Keys, finished: Finished): Promise<{ parcel: Parcel; copy: Row; device: string }> {
    const device = (await database.transact(['meta'], 'readonly', tx => tx.meta('devices')))?.at(-1)
    if (device?.epoch !== keys.epoch) throw new OutboxError('not-enrolled')
    const { group, after: _, draft: __, key, ...command } = finished
    const content: ParcelContent = {
      ...command,
      format: 1,
      key: key ?? identifier(ports.crypto, ports.now()),
      account: device.account,
      madeAt: new Date(ports.now()).toISOString(),
    }
    const parcel = await makeParcel(ports.crypto.subtle, keys.signing, device.recipient, content, seal)
    const copy = await rows.seal(keys, { kind: copyKind, id: parcel.id, group, value: { ...finished, key: parcel.id } })
    return { parcel, copy, device: device.id }
  }
  const recordOf = (
    parcel: Parcel,
    device: string,
    copy: string,
    order: number,
    after: readonly string[],
  ): ParcelRecord => ({
    id: parcel.id,
    device,
    order,
    madeAt: ports.now(),
    after,
    state: 'waiting',
    tries: 0,
    attempted: false,
    nextTryAt: 0,
    code: null,
    fields: [],
    hash: parcel.hash,
    size: parcel.sealed.length,
    copy,
    settledAt: null,
  })

  /** With a full disk, sealed copies of what is done make room once. */
  async function withRoom<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (
        !(error instanceof StorageError) ||
        error.reason !== 'full' ||
        (await dropDone(database, Number.POSITIVE_INFINITY)) === 0
      )
        throw error
      return work()
    }
  }

  return {
    async add(finished) {
      const keys = vault.keys()
      const { parcel, copy, device } = await make(keys, finished)
      await withRoom(() =>
        vault.guarded(keys, ['parcels', 'sealed', 'rows'], async tx => {
          const all = await tx.all('parcels')
          if (all.some(one => one.id === parcel.id)) throw new OutboxError('exists')
          const order = Math.max(0, ...all.map(one => one.order)) + 1
          const after = (finished.after ?? []).filter(id => id !== parcel.id && all.some(one => one.id === id))
          await tx.put('parcels', recordOf(parcel, device, copy.id, order, after))
          await tx.put('sealed', { id: parcel.id, bytes: parcel.sealed })
          await tx.put('rows', copy)
        }),
      )
      return parcel.id
    },

    async list() {
      const all = await load()
      return [...all.values()].map(one => ({
        id: one.id,
        state: shownState(one, all),
        needs: heldBy(one, all),
        madeAt: one.madeAt,
        tries: one.tries,
        nextTryAt: one.nextTryAt,
        code: one.code,
        fields: one.fields,
        size: one.size,
        open: isUntouched(one),
      }))
    },

    read: async id => ((await rows.get(copyKind, id)) as Content<Finished> | undefined)?.value,

    async edit(id, finished) {
      const keys = vault.keys()
      const before = (await load()).get(id)
      if (!before) throw new OutboxError('unknown')
      const usedUp = before.code === usedUpCode
      const { key: _, ...rest } = finished
      const { parcel, copy, device } = await make(keys, usedUp ? rest : { ...rest, key: id })
      await withRoom(() =>
        vault.guarded(keys, ['parcels', 'sealed', 'rows'], async tx => {
          const all = await tx.all('parcels')
          const old = all.find(one => one.id === id)
          if (!old) throw new OutboxError('unknown')
          if (!isUntouched(old) || (old.code === usedUpCode) !== usedUp) throw new OutboxError('may-have-arrived')
          if (usedUp) {
            await tx.delete('parcels', id)
            await tx.delete('sealed', id)
            await tx.delete('rows', old.copy)
            for (const one of all)
              if (one.after.includes(id))
                await tx.put('parcels', { ...one, after: one.after.map(need => (need === id ? parcel.id : need)) })
          }
          const fresh = recordOf(parcel, device, copy.id, old.order, old.after)
          // An older wording of the same id may still arrive; what is open to a person depends on that.
          await tx.put('parcels', { ...fresh, attempted: old.attempted && !usedUp })
          await tx.put('sealed', { id: parcel.id, bytes: parcel.sealed })
          await tx.put('rows', copy)
        }),
      )
      return parcel.id
    },

    discard: id =>
      database.transact(['parcels'], 'readwrite', async tx => {
        const all = new Map((await tx.all('parcels')).map(one => [one.id, one]))
        if (!all.has(id)) throw new OutboxError('unknown')
        // What has arrived already, from a phone that was ended then, is no longer this phone's to set aside.
        const needing = dependantsOf(id, all).filter(one => !hasArrived(all.get(one)!))
        const ids = [id, ...needing].filter(one => all.get(one)!.state !== 'discarded')
        const records = ids.map(one => all.get(one)!)
        if (!records.every(isUntouched)) throw new OutboxError('may-have-arrived')
        for (const one of records)
          await tx.put('parcels', { ...one, state: 'discarded', before: one.state, settledAt: ports.now() })
        return ids
      }),

    undo: ids =>
      database.transact(['parcels'], 'readwrite', async tx => {
        for (const id of ids) {
          const found = await tx.get('parcels', id)
          if (found?.state !== 'discarded') throw new OutboxError('closed')
          const { before, ...rest } = found
          await tx.put('parcels', { ...rest, state: before ?? 'waiting', settledAt: null })
        }
      }),

    async tidy() {
      await database.transact(['parcels', 'sealed', 'rows'], 'readwrite', async tx => {
        // For a while it can be brought back, in another tab too.
        for (const one of await tx.all('parcels'))
          if (one.state === 'discarded' && ports.now() - (one.settledAt ?? 0) >= keptAfterDiscard) {
            await tx.delete('parcels', one.id)
            await tx.delete('sealed', one.id)
            await tx.delete('rows', one.copy)
          }
      })
      await dropDone(database, ports.now() - keptAfterDone)
      await database.transact(['meta', 'parcels', 'files'], 'readwrite', async tx => {
        const devices = (await tx.meta('devices')) ?? []
        // A file goes by any phone of its owner.
        const owners = new Set((await headsIn(tx)).filter(one => one.settledAt === null).map(one => one.account))
        const used = new Set((await tx.all('parcels')).map(one => one.device))
        const kept = devices.filter(
          (one, at) => used.has(one.id) || owners.has(one.account) || at === devices.length - 1,
        )
        if (kept.length < devices.length) await tx.setMeta('devices', kept)
      })
    },

    retry: id =>
      database.transact(['parcels'], 'readwrite', async tx => {
        const found = await tx.get('parcels', id)
        if (!found) throw new OutboxError('unknown')
        if (found.state === 'stuck' || found.state === 'waiting')
          await tx.put('parcels', { ...found, state: 'waiting', tries: 0, nextTryAt: 0 })
      }),

    again: since =>
      database.transact(['parcels'], 'readwrite', async tx => {
        const past = (await tx.all('parcels')).filter(one => one.state === 'done' && (one.settledAt ?? 0) >= since)
        for (const one of past)
          await tx.put('parcels', { ...one, state: 'waiting', tries: 0, nextTryAt: 0, settledAt: null })
        return past.length
      }),
  }
}
