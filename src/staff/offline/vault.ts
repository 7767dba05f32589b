import type { Bytes } from './bytes.ts'
import type { Database, StoreName, Transaction } from './database.ts'
import { longestSilence, met, observe } from './expiry.ts'
import { type PassphraseFlaw, weakness } from './passphrase.ts'
import type { Ports } from './ports.ts'
import { type Keys, makeVault, openVault, passphraseRounds, type Secret, type VaultRecord } from './vault-keys.ts'

export const mostTries = 5
/** Unused for so long, the phone locks itself. */
export const idleMinutes = 5

export type VaultCode = 'none' | 'exists' | 'weak' | 'wrong' | 'locked' | 'clock' | 'destroyed'
export class VaultError extends Error {
  readonly code: VaultCode
  /** Tries that are left, after a wrong one. */
  readonly left: number | undefined
  readonly flaw: PassphraseFlaw | undefined
  constructor(code: VaultCode, more: { left?: number; flaw?: PassphraseFlaw } = {}) {
    super(`vault: ${code}`)
    this.code = code
    this.left = more.left
    this.flaw = more.flaw
  }
}

export type DestroyReason = 'tries' | 'silence' | 'revoked' | 'asked'
export interface VaultState {
  readonly state: 'none' | 'locked' | 'unlocked' | 'destroyed'
  readonly reason?: DestroyReason
  readonly kind?: 'passphrase' | 'prf'
  readonly hint?: Bytes
}

export interface Vault {
  state(): Promise<VaultState>
  /**
   * Makes the phone's keys and leaves it unlocked. What an earlier vault left is removed; parcels stay.
   * @param serverTime ms since 1970, from the answer that allowed it
   * @returns the public key (SPKI) to enrol
   * @throws VaultError weak, exists
   */
  create(secret: Secret, serverTime: number, hint?: Bytes): Promise<Bytes>
  /** @throws VaultError none, wrong (with `left`), clock, destroyed, locked (locked again meanwhile) */
  unlock(secret: Secret): Promise<void>
  /** In every tab; `here`: in this one alone. */
  lock(where?: 'here'): void
  /** A person did something. */
  touch(): void
  /** To be called every few seconds: locks when idle, destroys after silence, notices what other tabs did. */
  tick(): Promise<void>
  /** The server answered this phone, at this time of its own. */
  contact(serverTime: number): Promise<void>
  /**
   * The key first, then what it sealed. Parcels and the device's credential stay.
   * @param epoch of the vault that is meant; another is left alone
   */
  destroy(reason: DestroyReason, epoch?: string): Promise<void>
  /** @throws VaultError locked */
  keys(): Keys
  /** A transaction that happens only while the vault that these keys are of still exists. @throws VaultError locked */
  guarded<T>(keys: Keys, stores: readonly StoreName[], work: (tx: Transaction) => Promise<T>): Promise<T>
}

/** How many rounds a new passphrase gets: fewer only in tests. */
export interface VaultOptions {
  readonly rounds?: number
}

export async function openVaultOf(database: Database, ports: Ports, options: VaultOptions = {}): Promise<Vault> {
  let keys: Keys | undefined
  /** Grows with every lock, so that an unlocking that was under way does not undo it. */
  let locks = 0
  let used = { wall: 0, steady: 0 }
  let looked = ports.monotonic()

  const drop = () => {
    keys = undefined
    locks++
  }
  const tell = (message: 'locked') => ports.channel?.postMessage({ vault: message })
  ports.channel?.addEventListener('message', ({ data }) => {
    if ((data as { vault?: string } | null)?.vault === 'locked') drop()
  })
  const touch = () => {
    used = { wall: ports.now(), steady: ports.monotonic() }
  }
  /** Idle by either clock; a clock that went back says nothing, so the steady one decides then. */
  const isIdle = () => Math.max(ports.now() - used.wall, ports.monotonic() - used.steady) >= idleMinutes * 60_000

  const lockIfIdle = () => {
    // Only here: another tab may be in use, and looks at its own clock.
    if (keys && isIdle()) drop()
  }

  const removeKey = async (tx: Transaction, reason: DestroyReason) => {
    await tx.unsetMeta('vault')
    await tx.setMeta('gone', { reason })
  }
  /** In one step with the look for a vault: another tab may be making a new one. */
  const removeRows = () =>
    database.transact(['meta', 'rows'], 'readwrite', async tx => {
      if (await tx.meta('vault')) return
      await tx.clear('rows')
      await tx.unsetMeta('standing')
    })
  const afterRemoval = async () => {
    drop()
    tell('locked')
    await removeRows()
  }

  /** The clock and the silence, written down. Leaves no vault when the silence was too long. */
  async function look(tx: Transaction): Promise<{ vault: VaultRecord | undefined; clock: boolean; expired: boolean }> {
    const vault = await tx.meta('vault')
    const known = await tx.meta('contact')
    const steady = ports.monotonic()
    const { contact, verdict } = observe(known ?? met(undefined, 0, ports.now()), ports.now(), steady - looked)
    looked = steady
    await tx.setMeta('contact', contact)
    const expired = vault !== undefined && verdict === 'expired'
    if (expired) await removeKey(tx, 'silence')
    return { vault: expired ? undefined : vault, clock: verdict === 'clock', expired }
  }

  /** Counts the try on the disk before anything is checked. */
  async function beginTry(): Promise<VaultRecord> {
    const outcome = await database.transact(['meta'], 'readwrite', async tx => {
      const { vault, clock, expired } = await look(tx)
      if (expired) return 'destroyed'
      if (!vault) return (await tx.meta('gone')) ? 'destroyed' : 'none'
      if (clock) return 'clock'
      if (vault.tries >= mostTries) {
        await removeKey(tx, 'tries')
        return 'destroyed'
      }
      const counted = { ...vault, tries: vault.tries + 1 }
      await tx.setMeta('vault', counted)
      return counted
    })
    if (typeof outcome !== 'string') return outcome
    if (outcome === 'destroyed') await afterRemoval()
    throw new VaultError(outcome)
  }

  async function unlock(secret: Secret): Promise<void> {
    const before = locks
    const vault = await beginTry()
    const opened = await openVault(ports.crypto, vault, secret)
    if (!opened) {
      if (vault.tries >= mostTries) {
        await destroy('tries', vault.epoch)
        throw new VaultError('destroyed')
      }
      throw new VaultError('wrong', { left: mostTries - vault.tries })
    }
    await guarded(opened, [], async tx => tx.setMeta('vault', { ...(await tx.meta('vault'))!, tries: 0 }))
    if (locks !== before) throw new VaultError('locked')
    keys = opened
    touch()
  }

  async function destroy(reason: DestroyReason, epoch?: string): Promise<void> {
    const another = await database.transact(['meta'], 'readwrite', async tx => {
      const vault = await tx.meta('vault')
      if (vault && epoch !== undefined && vault.epoch !== epoch) return true
      if (vault) await removeKey(tx, reason)
      return false
    })
    if (!another) await afterRemoval()
  }

  const guarded: Vault['guarded'] = (held, stores, work) =>
    database.transact(['meta', ...stores], 'readwrite', async tx => {
      if ((await tx.meta('vault'))?.epoch !== held.epoch) throw new VaultError('locked')
      return work(tx)
    })

  // A destruction that was cut off after the key is brought to its end.
  if (!(await database.transact(['meta'], 'readonly', tx => tx.meta('vault')))) await removeRows()

  return {
    async state() {
      lockIfIdle()
      const { vault, gone } = await database.transact(['meta'], 'readonly', async tx => ({
        vault: await tx.meta('vault'),
        gone: await tx.meta('gone'),
      }))
      if (!vault) return gone ? { state: 'destroyed', reason: gone.reason as DestroyReason } : { state: 'none' }
      const hint = vault.hint ? { hint: vault.hint } : {}
      return { state: keys?.epoch === vault.epoch ? 'unlocked' : 'locked', kind: vault.kind, ...hint }
    },
    async create(secret, serverTime, hint) {
      const flaw = 'passphrase' in secret ? weakness(secret.passphrase) : undefined
      if (flaw) throw new VaultError('weak', { flaw })
      const made = await makeVault(ports.crypto, secret, options.rounds ?? passphraseRounds, hint)
      const opened = await openVault(ports.crypto, made, secret)
      await database.transact(['meta', 'rows'], 'readwrite', async tx => {
        if (await tx.meta('vault')) throw new VaultError('exists')
        await tx.clear('rows')
        await tx.unsetMeta('gone')
        await tx.unsetMeta('standing')
        await tx.setMeta('vault', made)
        await tx.setMeta('contact', met(undefined, serverTime, ports.now()))
      })
      looked = ports.monotonic()
      keys = opened
      touch()
      return made.publicKey
    },
    unlock,
    lock(where) {
      drop()
      if (where !== 'here') tell('locked')
    },
    touch,
    async tick() {
      lockIfIdle()
      const { vault, clock, expired } = await database.transact(['meta'], 'readwrite', look)
      if (expired) await afterRemoval()
      else if (keys && (clock || vault?.epoch !== keys.epoch)) drop()
    },
    async contact(serverTime) {
      const expired = await database.transact(['meta'], 'readwrite', async tx => {
        const known = await tx.meta('contact')
        const vault = await tx.meta('vault')
        // By the server's own two times, whatever the phone's clock was made to say in between.
        const late = vault !== undefined && known !== undefined && serverTime - known.server >= longestSilence
        if (late) await removeKey(tx, 'silence')
        const next = met(known, serverTime, ports.now())
        if (next !== known) await tx.setMeta('contact', next)
        return late
      })
      looked = ports.monotonic()
      if (expired) await afterRemoval()
    },
    destroy,
    keys() {
      lockIfIdle()
      if (!keys) throw new VaultError('locked')
      return keys
    },
    guarded,
  }
}
