import { markOf, ofCase } from '#platform/sync/marks.ts'
import { type Bytes, hex, joined, randomBytes, sameBytes, textOf, utf8 } from './bytes.ts'
import type { Database, Row, Transaction } from './database.ts'
import type { Ports } from './ports.ts'
import type { Vault } from './vault.ts'
import type { Keys } from './vault-keys.ts'

/** What a row is, all of it sealed. */
export interface RowName {
  /** Lower-case words with hyphens: `case`, `draft`, … */
  readonly kind: string
  readonly id: string
  /** The case that the row belongs to; what may no longer be read goes by it. */
  readonly group: string | null
  /** Whether the server sent it. */
  readonly pulled: boolean
  /** The server's word for this state of the record; empty for rows of the phone's own. */
  readonly version: string
}
export interface Content<T = unknown> extends RowName {
  readonly value: T
}
export type NewRow = Pick<Content, 'kind' | 'id' | 'value'> & Partial<Omit<RowName, 'kind' | 'id'>>

export class RowError extends Error {
  constructor() {
    super('row: unreadable')
  }
}

// format (1) | length of the sealed name (uint16) | nonce, sealed name | nonce, sealed value
const head = 1 + 2
const nonceBytes = 12
/** Values are padded, so that their size says little. */
const step = 256

export interface Rows {
  put(row: NewRow): Promise<void>
  get<T>(kind: string, id: string): Promise<Content<T> | undefined>
  /** All of a kind, unordered. Rows that do not open (damaged, put there by somebody) are left out and counted. */
  list<T>(kind: string): Promise<Content<T>[]>
  delete(kind: string, id: string): Promise<void>
  /** What rows there are, by their key on the disk. */
  names(): Promise<ReadonlyMap<string, RowName>>
  /** How many rows were found that do not open. */
  damaged(): number
  /** For a transaction of one's own: seal first, then put. */
  seal(keys: Keys, row: NewRow): Promise<Row>
  keyOf(keys: Keys, kind: string, id: string): Promise<string>
}

export function rowsOf(database: Database, vault: Vault, ports: Ports): Rows {
  const { subtle } = ports.crypto
  const bad = new Set<string>()
  /** Names that were opened, beside the sealed bytes they stood in. In memory only, and gone with the keys. */
  const opened = new WeakMap<Keys, Map<string, { sealed: Bytes; name: RowName }>>()

  const keyOf: Rows['keyOf'] = async (keys, kind, id) => {
    if (!/^[a-z][a-z-]*$/.test(kind)) throw new TypeError('a kind is a word')
    return hex(new Uint8Array(await subtle.sign('HMAC', keys.names, utf8(`${kind}|${id}`))))
  }
  const nameAad = (key: string): Bytes => utf8(`samaan row name 1|${key}`)
  const valueAad = (key: string, kind: string, version: string): Bytes => utf8(`samaan row 1|${kind}|${key}|${version}`)

  const sealPart = async (keys: Keys, text: string, additionalData: Bytes, pad: number): Promise<Bytes> => {
    const plain = utf8(text)
    const padded = new Uint8Array(Math.ceil(plain.length / pad) * pad).fill(0x20)
    padded.set(plain)
    const iv = randomBytes(ports.crypto, nonceBytes)
    const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, keys.rows, padded)
    return joined(iv, new Uint8Array(sealed))
  }
  const openPart = async (keys: Keys, part: Bytes, additionalData: Bytes): Promise<unknown> => {
    try {
      const how = { name: 'AES-GCM', iv: part.slice(0, nonceBytes), additionalData }
      return JSON.parse(textOf(new Uint8Array(await subtle.decrypt(how, keys.rows, part.slice(nonceBytes)))))
    } catch {
      throw new RowError()
    }
  }

  const seal: Rows['seal'] = async (keys, row) => {
    const { kind, id, value, version = '', group = null, pulled = false } = row
    const key = await keyOf(keys, kind, id)
    const name = await sealPart(keys, JSON.stringify({ kind, id, group, pulled, version }), nameAad(key), step / 2)
    const body = await sealPart(keys, JSON.stringify(value ?? null), valueAad(key, kind, version), step)
    const front = new DataView(new ArrayBuffer(head))
    front.setUint8(0, 1)
    front.setUint16(1, name.length)
    const sealed = joined(new Uint8Array(front.buffer), name, body)
    return {
      id: key,
      sealed,
      ...(pulled ? { mark: await markOf(subtle, keys.epoch, kind, id) } : {}),
      ...(group === null ? {} : { of: await markOf(subtle, keys.epoch, ofCase, group) }),
    }
  }
  const partsOf = (row: Row) => {
    const front = new DataView(row.sealed.buffer, row.sealed.byteOffset, row.sealed.byteLength)
    if (row.sealed.length < head || front.getUint8(0) !== 1) throw new RowError()
    const end = head + front.getUint16(1)
    return { name: row.sealed.slice(head, end), body: row.sealed.slice(end) }
  }
  const nameOf = async (keys: Keys, row: Row): Promise<RowName> => {
    const sealed = partsOf(row).name
    const cache = opened.get(keys) ?? new Map<string, { sealed: Bytes; name: RowName }>()
    opened.set(keys, cache)
    const known = cache.get(row.id)
    if (known && sameBytes(known.sealed, sealed)) return known.name
    const name = (await openPart(keys, sealed, nameAad(row.id))) as RowName
    // The key on the disk is made of the name, so a name that was moved to another row is found out.
    if ((await keyOf(keys, name.kind, name.id)) !== row.id) throw new RowError()
    cache.set(row.id, { sealed, name })
    return name
  }
  const contentOf = async (keys: Keys, row: Row, name: RowName): Promise<Content> => {
    return { ...name, value: await openPart(keys, partsOf(row).body, valueAad(row.id, name.kind, name.version)) }
  }

  /** Every row with its name; those that do not open are noted. */
  async function all(keys: Keys): Promise<{ row: Row; name: RowName }[]> {
    const rows = await database.transact(['rows'], 'readonly', tx => tx.all('rows'))
    const found: { row: Row; name: RowName }[] = []
    for (const row of rows) {
      try {
        const name = await nameOf(keys, row)
        found.push({ row, name })
      } catch (error) {
        if (!(error instanceof RowError)) throw error
        bad.add(row.id)
      }
    }
    return found
  }

  return {
    seal,
    keyOf,
    async put(row) {
      const keys = vault.keys()
      const sealed = await seal(keys, row)
      await vault.guarded(keys, ['rows'], (tx: Transaction) => tx.put('rows', sealed))
    },
    async get<T>(kind: string, id: string) {
      const keys = vault.keys()
      const key = await keyOf(keys, kind, id)
      const row = await database.transact(['rows'], 'readonly', tx => tx.get('rows', key))
      return row && ((await contentOf(keys, row, await nameOf(keys, row))) as Content<T>)
    },
    async list<T>(kind: string) {
      const keys = vault.keys()
      const found: Content<T>[] = []
      for (const { row, name } of await all(keys)) {
        if (name.kind !== kind) continue
        try {
          found.push((await contentOf(keys, row, name)) as Content<T>)
        } catch (error) {
          if (!(error instanceof RowError)) throw error
          bad.add(row.id)
        }
      }
      return found
    },
    async delete(kind, id) {
      const keys = vault.keys()
      const key = await keyOf(keys, kind, id)
      await vault.guarded(keys, ['rows'], tx => tx.delete('rows', key))
    },
    async names() {
      return new Map((await all(vault.keys())).map(({ row, name }) => [row.id, name]))
    },
    damaged: () => bad.size,
  }
}
