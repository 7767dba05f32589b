import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from './durable.ts'
import { KeyError } from './key-error.ts'

type Entry = { version: number; key: string; made: string }
type Lists = { sealing: Entry[]; index: Entry[]; platform: Entry[]; audit: Entry[] }

/** One purpose's keys: every version that may still be needed, and the one that new work uses. */
export interface Ring {
  readonly current: number
  readonly versions: ReadonlyMap<number, KeyObject>
}

/** What root.key holds: keys that open everything else. Sealing wraps case secrets, index keys blind terms. */
export interface RootKeys {
  readonly sealing: Ring
  readonly index: Ring
  readonly platform: Ring
  readonly audit: { readonly privateKey: KeyObject; readonly publicKey: Buffer }
  readonly lists: Lists
}

const FORMAT = 'samaan-root-1'
const PURPOSES = ['sealing', 'index', 'platform', 'audit'] as const
// RFC 8410: what stands before a raw Ed25519 seed in PKCS #8, and before a raw public key in SPKI.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_HEAD_LENGTH = 12

export const rootPath = (folder: string) => join(folder, 'root.key')

function malformed(why: string): KeyError {
  return new KeyError('malformed', `root.key cannot be used: ${why}`)
}

function newEntry(version: number): Entry {
  return { version, key: randomBytes(32).toString('base64'), made: new Date().toISOString() }
}

/** 32 random bytes have fewer than 16 different values about once in 10^12; a typed or counted key nearly always. */
function keyBytes(entry: Entry, seen: Set<string>): Buffer {
  const bytes = Buffer.from(entry.key, 'base64')
  if (bytes.toString('base64') !== entry.key) throw malformed('a key is not base64')
  if (bytes.length !== 32) throw new KeyError('weak', 'root.key holds a key that is not 256 bits')
  if (new Set(bytes).size < 16) throw new KeyError('weak', 'root.key holds a key that is not random')
  if (seen.has(entry.key)) throw new KeyError('weak', 'root.key uses one key for two purposes')
  seen.add(entry.key)
  return bytes
}

function isEntry(value: unknown): value is Entry {
  const entry = value as Entry | null
  return (
    typeof entry === 'object' &&
    entry !== null &&
    Number.isInteger(entry.version) &&
    entry.version >= 1 &&
    entry.version <= 0xffff &&
    typeof entry.key === 'string' &&
    typeof entry.made === 'string'
  )
}

function ring(entries: Entry[], seen: Set<string>): Ring {
  const versions = new Map<number, KeyObject>()
  for (const entry of entries) {
    if (versions.has(entry.version)) throw malformed('a version stands twice')
    versions.set(entry.version, createSecretKey(keyBytes(entry, seen)))
  }
  return { current: Math.max(...versions.keys()), versions }
}

function parse(text: string): Lists {
  let value: (Lists & { format?: unknown }) | null
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('it is not JSON')
  }
  if (typeof value !== 'object' || value === null || value.format !== FORMAT) throw malformed('its format is unknown')
  for (const purpose of PURPOSES) {
    const list: unknown = value[purpose]
    if (!Array.isArray(list) || list.length === 0 || !list.every(isEntry)) throw malformed(`no ${purpose} key in it`)
  }
  return { sealing: value.sealing, index: value.index, platform: value.platform, audit: value.audit }
}

function load(lists: Lists): RootKeys {
  const seen = new Set<string>()
  const newest = lists.audit.reduce((a, b) => (b.version > a.version ? b : a))
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, keyBytes(newest, seen)]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD_LENGTH)
  return {
    sealing: ring(lists.sealing, seen),
    index: ring(lists.index, seen),
    platform: ring(lists.platform, seen),
    audit: { privateKey, publicKey },
    lists,
  }
}

/** @throws KeyError `missing`, `mode`, `malformed`, `weak` */
export function readRoot(folder: string): RootKeys {
  let handle: number
  try {
    handle = openSync(rootPath(folder), 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new KeyError('missing', `no root.key in ${folder}`)
    throw error
  }
  try {
    const mode = fstatSync(handle).mode & 0o777
    // Windows has no such bits: its folder is protected by an access list.
    if (process.platform !== 'win32' && (mode & ~0o600) !== 0) {
      throw new KeyError('mode', `root.key has mode ${mode.toString(8)}; it must be 600 (chmod 600 root.key)`)
    }
    return load(parse(readFileSync(handle, 'utf8')))
  } finally {
    closeSync(handle)
  }
}

function writeRoot(folder: string, lists: Lists): void {
  replaceFile(rootPath(folder), `${JSON.stringify({ format: FORMAT, ...lists }, null, 2)}\n`)
}

/** Makes root.key. A key store without its root key is never given a new one: that would hide the loss. */
export function createRoot(folder: string): void {
  if (existsSync(join(folder, 'slots.bin'))) {
    throw new KeyError('missing', `no root.key in ${folder} beside a key store; restore it from its backup`)
  }
  writeRoot(folder, { sealing: [newEntry(1)], index: [newEntry(1)], platform: [newEntry(1)], audit: [newEntry(1)] })
}

/** Adds a version of the sealing key; the older ones stay until {@link keepOnly}. */
export function addSealing(folder: string, root: RootKeys): number {
  const version = root.sealing.current + 1
  writeRoot(folder, { ...root.lists, sealing: [...root.lists.sealing, newEntry(version)] })
  return version
}

/** Forgets every sealing version but this one. */
export function keepOnly(folder: string, root: RootKeys, version: number): void {
  writeRoot(folder, { ...root.lists, sealing: root.lists.sealing.filter(entry => entry.version === version) })
}
