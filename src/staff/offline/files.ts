import { mostFileBytes } from '#platform/files/contract.ts'
import { type Bytes, hex, identifier } from './bytes.ts'
import { type Database, StorageError } from './database.ts'
import { day } from './expiry.ts'
import {
  asHead,
  asPart,
  dropParts,
  type FileHead,
  type FileState,
  headPart,
  headsIn,
  partBytes,
} from './files-states.ts'
import { dropDone } from './outbox-states.ts'
import { base64url } from './over-http.ts'
import { hashOf, type Seal, sealToServer } from './parcel.ts'
import type { Ports } from './ports.ts'
import type { Rows } from './rows.ts'
import type { Vault } from './vault.ts'

/** A file that a person picked. */
export interface Picked {
  readonly bytes: Bytes
  readonly name: string
  /** The case that it belongs to. */
  readonly group: string | null
  /** A small picture of it without metadata, base64; see files-thumbnail.ts. */
  readonly thumbnail?: string
}
export interface KeptFile {
  readonly id: string
  /** How its command names it: SHA-256 of the sealed bytes, base64url. */
  readonly file: string
  /** Bytes, sealed. */
  readonly size: number
}
export interface FileItem {
  readonly id: string
  readonly state: FileState
  /** Bytes that the server has, of so many. */
  readonly sent: number
  readonly size: number
  readonly tries: number
  readonly nextTryAt: number
  /** Why it is stuck or was refused. */
  readonly code: string | null
  readonly madeAt: number
}
/** The officer's own copy of what is on its way. */
export interface FileCopy {
  readonly name: string
  readonly group: string | null
  readonly thumbnail?: string
}

export type FilesCode = 'too-large' | 'empty' | 'not-enrolled' | 'unknown'
export class FilesError extends Error {
  readonly code: FilesCode
  constructor(code: FilesCode) {
    super(`files: ${code}`)
    this.code = code
  }
}

export interface Files {
  /**
   * Keeps a file sealed to the server; when this resolves it is on the disk and will arrive. Nothing readable of it is
   * written: its name and its thumbnail are sealed with the cache key.
   * @throws VaultError locked; FilesError too-large, empty, not-enrolled; StorageError full (nothing was kept)
   */
  add(picked: Picked): Promise<KeptFile>
  /** In order of picking. Works while locked. */
  list(): Promise<FileItem[]>
  /** Unlocked, while it is on its way. */
  read(id: string): Promise<FileCopy | undefined>
  /** A person asks for another try now. */
  retry(id: string): Promise<void>
  /** Takes it off this phone, whatever has arrived of it. */
  discard(id: string): Promise<void>
}

export const fileKind = 'file'
/** What became of a file is told for so long after its bytes have left. */
const toldFor = 14 * day

export function filesOf(database: Database, vault: Vault, rows: Rows, ports: Ports, seal: Seal = sealToServer): Files {
  const { subtle } = ports.crypto
  const change = (id: string, work: (head: FileHead) => FileHead | undefined) =>
    database.transact(['files', 'rows'], 'readwrite', async tx => {
      const head = asHead(await tx.get('files', [id, headPart]))
      if (!head) throw new FilesError('unknown')
      const next = work(head)
      if (next) await tx.put('files', asPart(next))
      else await dropParts(tx, head, true)
    })

  return {
    async add({ bytes, name, group, thumbnail }) {
      if (bytes.length === 0) throw new FilesError('empty')
      if (bytes.length > mostFileBytes) throw new FilesError('too-large')
      const keys = vault.keys()
      const device = (await database.transact(['meta'], 'readonly', tx => tx.meta('devices')))?.at(-1)
      if (device?.epoch !== keys.epoch) throw new FilesError('not-enrolled')
      const id = identifier(ports.crypto, ports.now())
      const sealed = await seal(device.recipient, bytes)
      const whole = new Uint8Array(await subtle.digest('SHA-256', sealed))
      const cuts = Array.from({ length: Math.ceil(sealed.length / partBytes) }, (_, at) =>
        sealed.slice(at * partBytes, (at + 1) * partBytes),
      )
      const parts: string[] = []
      for (const cut of cuts) parts.push(await hashOf(subtle, cut))
      const value: FileCopy = { name, group, ...(thumbnail ? { thumbnail } : {}) }
      const copy = await rows.seal(keys, { kind: fileKind, id, group, value })
      const head: FileHead = {
        format: 1,
        id,
        device: device.id,
        account: device.account,
        madeAt: ports.now(),
        hash: hex(whole),
        size: sealed.length,
        parts,
        state: 'waiting',
        sent: 0,
        tries: 0,
        nextTryAt: 0,
        code: null,
        copy: copy.id,
        settledAt: null,
      }
      const write = () =>
        vault.guarded(keys, ['files', 'rows'], async tx => {
          for (const old of await headsIn(tx))
            if (old.settledAt !== null && old.settledAt < ports.now() - toldFor) await dropParts(tx, old, true)
          await tx.put('files', asPart(head))
          for (const [at, cut] of cuts.entries())
            await tx.put('files', { file: id, part: headPart + 1 + at, bytes: cut })
          await tx.put('rows', copy)
        })
      try {
        await write()
      } catch (error) {
        // With a full disk, sealed copies of what is done make room once.
        if (!(error instanceof StorageError) || error.reason !== 'full') throw error
        if ((await dropDone(database, Number.POSITIVE_INFINITY)) === 0) throw error
        await write()
      }
      return { id, file: base64url(whole), size: sealed.length }
    },

    async list() {
      const heads = await database.transact(['files'], 'readonly', headsIn)
      return heads.map(({ id, state, sent, size, tries, nextTryAt, code, madeAt }) => ({
        id,
        state,
        sent,
        size,
        tries,
        nextTryAt,
        code,
        madeAt,
      }))
    },

    read: async id => (await rows.get<FileCopy>(fileKind, id))?.value,

    retry: id =>
      change(id, head =>
        head.state === 'stuck' || head.state === 'waiting' || head.state === 'arrived'
          ? { ...head, state: 'waiting', tries: 0, nextTryAt: 0, code: null }
          : head,
      ),

    discard: id => change(id, () => undefined),
  }
}
