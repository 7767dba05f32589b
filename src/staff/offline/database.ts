import { type DBSchema, type IDBPDatabase, wrap } from 'idb'
import type { Bytes } from './bytes.ts'
import type { Contact } from './expiry.ts'
import type { ParcelRecord } from './outbox-states.ts'
import type { VaultRecord } from './vault-keys.ts'

/** Why the phone could not keep something; nothing of the change was kept. */
export type StorageReason = 'full' | 'gone' | 'broken'
export class StorageError extends Error {
  readonly reason: StorageReason
  constructor(reason: StorageReason, cause?: unknown) {
    super(`storage: ${reason}`, { cause })
    this.reason = reason
  }
}

/** What this phone is to the server. Needed while locked, so it stands in clear: random bits and ids only. */
export interface Device {
  readonly id: string
  /** 256 random bits, base64url. Hands in parcels and asks whether it is welcome; reads nothing. */
  readonly credential: string
  /** `age1…`, the server's key. */
  readonly recipient: string
  /** UUID. */
  readonly account: string
  /** The vault whose public key the server has for it. */
  readonly epoch: string
}

interface Meta {
  vault: VaultRecord
  contact: Contact
  /** Why the last vault was destroyed. */
  gone: { readonly reason: string }
  /** Newest last. Earlier ones stay until what they signed has been handed in. */
  devices: readonly Device[]
  standing: Standing
}
/** What of the copy is the server's last word: hashes and a time, nothing that names a record. */
export interface Standing {
  /** Cursor of the last pull that was brought to its end, while nothing was removed since. */
  readonly pulled?: string
  /** Cursor that the device was told last, with or without a session. */
  readonly told?: string
  /** Ms since 1970, the server's. */
  readonly time: number
}
export interface Row {
  readonly id: string
  readonly sealed: Bytes
  /** Of a record that the server sent: its mark (`platform/sync/marks.ts`), so that a locked phone can forget it. */
  readonly mark?: string
  /** Mark of the case that it belongs to. */
  readonly of?: string
}
export interface SealedBytes {
  readonly id: string
  readonly bytes: Bytes
}
/** One piece of a file that is sealed to the server as a whole. */
export interface FilePart {
  readonly file: string
  readonly part: number
  readonly bytes: Bytes
}

interface Schema extends DBSchema {
  meta: { key: string; value: Meta[keyof Meta] }
  rows: { key: string; value: Row }
  parcels: { key: string; value: ParcelRecord }
  sealed: { key: string; value: SealedBytes }
  files: { key: [string, number]; value: FilePart }
}
export type StoreName = 'meta' | 'rows' | 'parcels' | 'sealed' | 'files'
type Value<S extends StoreName> = Schema[S]['value']
type Key<S extends StoreName> = Schema[S]['key']

/** Reads and writes of one transaction. Only these may be awaited inside it, else the browser closes it. */
export interface Transaction {
  meta<K extends keyof Meta>(name: K): Promise<Meta[K] | undefined>
  setMeta<K extends keyof Meta>(name: K, value: Meta[K]): Promise<void>
  unsetMeta(name: keyof Meta): Promise<void>
  get<S extends StoreName>(store: S, key: Key<S>): Promise<Value<S> | undefined>
  all<S extends StoreName>(store: S): Promise<Value<S>[]>
  keys<S extends StoreName>(store: S): Promise<Key<S>[]>
  put<S extends Exclude<StoreName, 'meta'>>(store: S, value: Value<S>): Promise<void>
  delete<S extends StoreName>(store: S, key: Key<S>): Promise<void>
  clear(store: StoreName): Promise<void>
}

export interface Database {
  /** Made just now: a phone that had been prepared has lost everything to eviction or to its owner. */
  readonly fresh: boolean
  /**
   * All of it or nothing, on the disk when it resolves.
   * @throws StorageError, or what `work` throws
   */
  transact<T>(
    stores: readonly StoreName[],
    mode: 'readonly' | 'readwrite',
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T>
  close(): void
}

const version = 1

/** @throws StorageError `broken` when the browser offers no database (private windows, a damaged profile). */
export async function openDatabase(factory: IDBFactory, name = 'samaan'): Promise<Database> {
  let fresh = false
  let lost = false
  let db: IDBPDatabase<Schema>
  try {
    const request = factory.open(name, version)
    request.onupgradeneeded = event => {
      fresh = event.oldVersion === 0
      const made = request.result
      made.createObjectStore('meta')
      made.createObjectStore('rows', { keyPath: 'id' })
      made.createObjectStore('parcels', { keyPath: 'id' })
      made.createObjectStore('sealed', { keyPath: 'id' })
      made.createObjectStore('files', { keyPath: ['file', 'part'] })
    }
    db = (await wrap(request)) as unknown as IDBPDatabase<Schema>
  } catch (error) {
    throw storageError(error)
  }
  db.addEventListener('close', () => {
    lost = true
  })
  db.addEventListener('versionchange', () => {
    lost = true
    db.close()
  })
  return {
    fresh,
    close: () => db.close(),
    async transact(stores, mode, work) {
      if (lost) throw new StorageError('gone')
      let tx: ReturnType<typeof begin>
      try {
        tx = begin(db, stores, mode)
      } catch (error) {
        throw storageError(error)
      }
      const done = tx.done
      // Looked at below in either case; without this an abort would count as nobody's error.
      done.catch(() => undefined)
      try {
        const result = await work(doorOf(tx))
        await done
        return result
      } catch (error) {
        try {
          tx.abort()
        } catch {
          // It had ended already, for the same reason.
        }
        await done.catch(() => undefined)
        throw storageError(error)
      }
    },
  }
}

const begin = (db: IDBPDatabase<Schema>, stores: readonly StoreName[], mode: 'readonly' | 'readwrite') =>
  db.transaction([...new Set(stores)], mode, { durability: 'strict' })

function doorOf(tx: ReturnType<typeof begin>): Transaction {
  // One view for reading and writing: a write in a read-only transaction fails in the browser itself.
  // biome-ignore lint/suspicious/noExplicitAny: the five stores have five shapes, which Transaction spells out
  const store = (name: StoreName): any => tx.objectStore(name)
  return {
    meta: name => store('meta').get(name),
    setMeta: async (name, value) => void (await store('meta').put(value, name)),
    unsetMeta: name => store('meta').delete(name),
    get: (name, key) => store(name).get(key),
    all: name => store(name).getAll(),
    keys: name => store(name).getAllKeys(),
    put: async (name, value) => void (await store(name).put(value)),
    delete: (name, key) => store(name).delete(key),
    clear: name => store(name).clear(),
  }
}

/** The browser's error as one of three; our own errors pass. */
function storageError(error: unknown): unknown {
  const name = (error as { name?: unknown } | null)?.name
  if (name === 'QuotaExceededError') return new StorageError('full', error)
  if (name === 'InvalidStateError') return new StorageError('gone', error)
  return error instanceof DOMException || /^(Unknown|Abort|Data|Version|TransactionInactive)Error$/.test(String(name))
    ? new StorageError('broken', error)
    : error
}
