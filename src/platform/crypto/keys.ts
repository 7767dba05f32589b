import { createCipheriv, createDecipheriv, type KeyObject, randomBytes, sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Compartment } from '#platform/policy/compartments.ts'
import { Blind } from './blind.ts'
import { type DataKey, deriveKey } from './data-key.ts'
import { withLock } from './folder-lock.ts'
import { KeyError } from './key-error.ts'
import { addSealing, createRoot, keepOnly, type Ring, type RootKeys, readRoot, rootPath } from './root-file.ts'
import { BLOCK, SLOT, SlotFile, type SlotState, stateOf } from './slot-file.ts'

export type { Compartment, DataKey, SlotState }
export { KeyError }

/** What policy's `decide` gave: the key store releases nothing without it (third fence). */
export interface KeyDecision {
  readonly effect: 'allow'
  permits(caseId: string, compartment: Compartment): boolean
}

/** Signs audit checkpoints; `publicKey` is the raw 32 bytes of Ed25519. */
export interface AuditKey {
  sign(data: Uint8Array): Buffer
  readonly publicKey: Buffer
}

const CACHED_SECRETS = 2_000
const LAST_SLOT = 2 ** 32 - 2

/**
 * The keys of one installation, in one folder: `root.key`, and the key store `slots.bin` with one secret per case.
 * The key store is not in PostgreSQL, so a database backup kept for years cannot open a case erased since.
 * Several processes may share the folder; what one erases, none of the others can release from then on.
 */
export class Keys {
  readonly #folder: string
  readonly #slots: SlotFile
  #root: RootKeys
  // A secret is used only while its slot still holds the bytes it came from: another process may have erased it.
  readonly #secrets = new Map<number, { wrapped: Buffer; secret: Buffer }>()
  readonly #durable = new Set<number>()
  readonly #growing = new Map<number, Promise<void>>()
  readonly #blinds = new Map<string, Blind>()
  readonly #platform = new Map<string, DataKey>()

  private constructor(folder: string, root: RootKeys) {
    this.#folder = folder
    this.#root = root
    this.#slots = new SlotFile(folder)
  }

  /**
   * Opens a folder of keys; `create` makes folder (0700) and root.key (0600) where there is none.
   * @throws KeyError `missing`, `mode`, `malformed`, `weak`, `locked`
   */
  static async open(folder: string, options: { create?: boolean } = {}): Promise<Keys> {
    if (options.create && !existsSync(rootPath(folder))) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await withLock(join(folder, 'keys.lock'), () => {
        if (!existsSync(rootPath(folder))) createRoot(folder)
      })
    }
    return new Keys(folder, readRoot(folder))
  }

  /** Lets go of the files and forgets what is cached. */
  close(): void {
    this.#slots.close()
    for (const slot of [...this.#secrets.keys()]) this.#forget(slot)
  }

  /** `ready` to be used, `erased` for good, or `missing`: {@link ensureSlot} has not been asked for it. */
  slotState(slot: number): SlotState {
    return stateOf(this.#slots.read(checked(slot)))
  }

  /**
   * Returns when the slot's secret is on the disk and opens. Slots are made 4,096 at a time, so nearly every call costs
   * nothing.
   * @throws KeyError `erased` (a number is never used twice), `unreadable`, `locked`
   */
  async ensureSlot(slot: number): Promise<void> {
    const block = Math.floor(checked(slot) / BLOCK)
    if (!this.#durable.has(block)) {
      let growing = this.#growing.get(block)
      if (growing === undefined) {
        growing = this.#grow(block).finally(() => this.#growing.delete(block))
        this.#growing.set(block, growing)
      }
      await growing
    }
    this.#secret(slot)
  }

  /** Also when the slots are there already: another process may have written them and not yet reached the disk. */
  #grow(block: number): Promise<void> {
    return this.#locked(() => {
      this.#root = readRoot(this.#folder)
      const { current, versions } = this.#root.sealing
      this.#slots.fill(block, slot => wrap(versions.get(current)!, current, slot, randomBytes(32)))
      this.#durable.add(block)
    })
  }

  /**
   * The key of one compartment of one case: HKDF-SHA-256 of the case's secret.
   * @param decision must permit this case and compartment
   * @throws KeyError `not-released`, `erased`, `missing`, `unreadable`
   */
  release(decision: KeyDecision, caseId: string, slot: number, compartment: Compartment, version = 1): DataKey {
    if (decision.effect !== 'allow' || !decision.permits(caseId, compartment)) {
      throw new KeyError('not-released', 'the decision does not cover this key')
    }
    return deriveKey(this.#secret(checked(slot)), `samaan1|${caseId}|${compartment}|${version}`, version)
  }

  /** Destroys a case's secret: overwritten and on the disk when this returns. May be repeated. */
  async erase(slot: number): Promise<void> {
    checked(slot)
    await this.#locked(() => this.#slots.erase(slot))
    this.#forget(slot)
  }

  /**
   * Adds a root version, wraps every secret under it and forgets the older versions; returns the new version. After a
   * crash in between all versions are kept and everything opens; the next rotation completes it.
   */
  rotateRoot(): Promise<number> {
    return this.#locked(async () => {
      const version = addSealing(this.#folder, readRoot(this.#folder))
      this.#root = readRoot(this.#folder)
      const key = this.#root.sealing.versions.get(version)!
      await this.#slots.rewrite((slot, bytes) => {
        const secret = this.#unwrap(slot, bytes)
        const again = wrap(key, version, slot, secret)
        secret.fill(0)
        return again
      })
      keepOnly(this.#folder, this.#root, version)
      this.#root = readRoot(this.#folder)
      return version
    })
  }

  /** A key for what belongs to no case (stored replies, hidden fields, peppers), apart for each name. */
  platformKey(name: string, version?: number): DataKey {
    const { key, version: used } = pick(this.#root.platform, version)
    const known = this.#platform.get(`${name}|${used}`)
    if (known !== undefined) return known
    const made = deriveKey(key, `samaan1|platform|${name}`, used)
    this.#platform.set(`${name}|${used}`, made)
    return made
  }

  /** The blind index of one field (`person.phone`): equal values give equal terms, nothing else can be told. */
  blind(field: string, version?: number): Blind {
    const { key, version: used } = pick(this.#root.index, version)
    const name = `${field}|${used}`
    const known = this.#blinds.get(name)
    if (known !== undefined) return known
    const blind = new Blind(field, deriveKey(key, `samaan1|index|${field}`, used))
    this.#blinds.set(name, blind)
    return blind
  }

  auditKey(): AuditKey {
    const { privateKey, publicKey } = this.#root.audit
    return { sign: data => sign(null, data, privateKey), publicKey }
  }

  #locked<T>(work: () => T | Promise<T>): Promise<T> {
    return withLock(join(this.#folder, 'keys.lock'), work)
  }

  #secret(slot: number): Buffer {
    const bytes = this.#slots.read(slot)
    const known = this.#secrets.get(slot)
    if (bytes !== undefined && known?.wrapped.equals(bytes)) {
      // Put last again: the first of the map is the one unused for longest.
      this.#secrets.delete(slot)
      this.#secrets.set(slot, known)
      return known.secret
    }
    this.#forget(slot)
    const state = stateOf(bytes)
    if (bytes === undefined || state === 'missing') throw new KeyError('missing', 'no secret was made for this case')
    if (state === 'erased') throw new KeyError('erased', 'the secret of this case was erased')
    const secret = this.#unwrap(slot, bytes)
    this.#secrets.set(slot, { wrapped: bytes, secret })
    if (this.#secrets.size > CACHED_SECRETS) this.#forget(this.#secrets.keys().next().value!)
    return secret
  }

  #forget(slot: number): void {
    this.#secrets.get(slot)?.secret.fill(0)
    this.#secrets.delete(slot)
  }

  #unwrap(slot: number, bytes: Buffer): Buffer {
    const version = bytes.readUInt32BE(SLOT - 4)
    // A version not known here is one that another process has added since.
    if (!this.#root.sealing.versions.has(version)) this.#root = readRoot(this.#folder)
    const key = this.#root.sealing.versions.get(version)
    if (key === undefined) throw new KeyError('unreadable', 'a secret is wrapped by a root key that is not here')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(slotAad(slot, version))
    decipher.setAuthTag(bytes.subarray(44, 60))
    const secret = decipher.update(bytes.subarray(12, 44))
    try {
      decipher.final()
    } catch {
      throw new KeyError('unreadable', 'the secret of a case is damaged')
    }
    return secret
  }
}

function slotAad(slot: number, version: number): Buffer {
  return Buffer.from(`samaan1|slot|${slot}|${version}`)
}

function wrap(key: KeyObject, version: number, slot: number, secret: Uint8Array): Buffer {
  const bytes = Buffer.alloc(SLOT)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  cipher.setAAD(slotAad(slot, version))
  nonce.copy(bytes, 0)
  cipher.update(secret).copy(bytes, 12)
  cipher.final()
  cipher.getAuthTag().copy(bytes, 44)
  bytes.writeUInt32BE(version, 60)
  return bytes
}

function checked(slot: number): number {
  if (!Number.isInteger(slot) || slot < 0 || slot > LAST_SLOT) throw new RangeError('no such slot number')
  return slot
}

function pick(ring: Ring, version = ring.current): { key: KeyObject; version: number } {
  const key = ring.versions.get(version)
  if (key === undefined) throw new KeyError('missing', 'root.key does not hold this version')
  return { key, version }
}
