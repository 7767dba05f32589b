import type { Transaction } from './database.ts'
import { copyLock, tellChanged } from './forget.ts'
import { copyKind } from './outbox.ts'
import { hasArrived } from './outbox-states.ts'
import type { Ports } from './ports.ts'
import type { RowName, Rows } from './rows.ts'
import type { Vault } from './vault.ts'
import type { Keys } from './vault-keys.ts'

/** By kind, newest first: id, version and case of every record that may be read. */
export type Visible = Readonly<Record<string, readonly (readonly [id: string, version: string, of: string | null])[]>>

export interface PulledRow {
  readonly id: string
  readonly version: string
  readonly record: unknown
}

/** What the server lets this person read, asked with a session. */
export interface Source {
  /** Without `visible` nothing changed since the cursor. `time`: ms since 1970, the server's. */
  pull(
    cursor: string | undefined,
  ): Promise<{ readonly cursor: string; readonly visible?: Visible; readonly time: number } | 'unreachable' | 'revoked'>
  /** At most `rowsAtOnce` ids; what may no longer be read is left out. */
  rows(kind: string, ids: readonly string[]): Promise<readonly PulledRow[] | 'unreachable' | 'revoked'>
}

/** A phone keeps so many records of a kind. */
export const mostKept = 200
export const rowsAtOnce = 50

export interface Pulled {
  readonly outcome: 'current' | 'unreachable' | 'revoked' | 'busy'
  readonly changed: number
  readonly removed: number
}

/**
 * Brings the phone's copy to what the server shows now. What may no longer be read goes first, in one step; then what is
 * new comes, page by page, each whole or not at all. Cut off at any point, the next pull goes on from there.
 * @throws VaultError locked; StorageError
 */
export async function pull(vault: Vault, rows: Rows, source: Source, ports: Ports): Promise<Pulled> {
  const keys = vault.keys()
  return ports.locks.request(copyLock, { ifAvailable: true }, lock =>
    lock
      ? run(vault, rows, source, keys, ports)
      : Promise.resolve({ outcome: 'busy' as const, changed: 0, removed: 0 }),
  )
}

async function run(vault: Vault, rows: Rows, source: Source, keys: Keys, ports: Ports): Promise<Pulled> {
  let [changed, removed] = [0, 0]
  const { epoch } = keys
  const end = async (outcome: Pulled['outcome']) => {
    if (outcome === 'revoked') await vault.destroy('revoked', epoch)
    if (changed + removed > 0) tellChanged(ports)
    return { outcome, changed, removed }
  }
  const stands = await vault.guarded(keys, [], tx => tx.meta('standing'))
  const answer = await source.pull(stands?.pulled).catch(() => 'unreachable' as const)
  if (typeof answer === 'string') return end(answer)
  await vault.contact(answer.time)
  const names = await rows.names()
  if (!answer.visible) {
    removed = await removeArrived(vault, keys, names)
    return end('current')
  }

  const wanted = Object.fromEntries(Object.entries(answer.visible).map(([kind, all]) => [kind, all.slice(0, mostKept)]))
  const cases = new Map(Object.entries(wanted).flatMap(([kind, all]) => all.map(([id, , of]) => [`${kind} ${id}`, of])))
  const groups = new Set([...cases.values()].filter(of => of !== null))
  removed = await remove(vault, keys, names, wanted, groups, answer.time)

  const kept = new Map([...names.values()].filter(one => one.pulled).map(one => [`${one.kind} ${one.id}`, one.version]))
  for (const [kind, all] of Object.entries(wanted)) {
    const missing = all.filter(([id, version]) => kept.get(`${kind} ${id}`) !== version).map(([id]) => id)
    for (let at = 0; at < missing.length; at += rowsAtOnce) {
      const ids = missing.slice(at, at + rowsAtOnce)
      const page = await source.rows(kind, ids).catch(() => 'unreachable' as const)
      if (typeof page === 'string') return end(page)
      changed += await apply(vault, rows, keys, kind, ids, page, cases)
    }
  }
  const { cursor, time } = answer
  await vault.guarded(keys, [], tx => tx.setMeta('standing', { pulled: cursor, told: cursor, time }))
  return end('current')
}

/** Copies of what has arrived about a case that the server does not show: it was closed to their officer since. */
async function removeArrived(vault: Vault, keys: Keys, names: ReadonlyMap<string, RowName>): Promise<number> {
  const shown = new Set([...names.values()].filter(one => one.pulled).map(one => one.group))
  const about = [...names].filter(([, { kind, group }]) => kind === copyKind && group !== null && !shown.has(group))
  if (about.length === 0) return 0
  return vault.guarded(keys, ['rows', 'parcels'], async tx => {
    const pending = await pendingCopies(tx)
    const gone = about.filter(([key]) => !pending.has(key))
    for (const [key] of gone) await tx.delete('rows', key)
    return gone.length
  })
}
/** Keys of the copies that their officer may still need. */
const pendingCopies = async (tx: Transaction): Promise<ReadonlySet<string>> =>
  new Set((await tx.all('parcels')).filter(one => !hasArrived(one)).map(one => one.copy))

/** One step: what is no longer visible goes, with what the officer wrote about it; and with it the cursor. */
function remove(
  vault: Vault,
  keys: Keys,
  names: ReadonlyMap<string, RowName>,
  wanted: Visible,
  groups: ReadonlySet<string>,
  time: number,
): Promise<number> {
  const visible = new Set(Object.entries(wanted).flatMap(([kind, all]) => all.map(([id]) => `${kind} ${id}`)))
  const pulledGroups = new Set([...names.values()].filter(one => one.pulled).map(one => one.group))
  return vault.guarded(keys, ['rows', 'parcels'], async tx => {
    const pending = await pendingCopies(tx)
    // Until the last page is in, no cursor: "nothing changed" would hide what is still missing.
    await tx.setMeta('standing', { time })
    let count = 0
    for (const [key, name] of names) {
      const own = name.group !== null && !groups.has(name.group)
      // A case begun on this phone is not the server's yet; what is about it stays until it has arrived.
      const begunHere = !pulledGroups.has(name.group) && (name.kind !== copyKind || pending.has(key))
      const goes = name.pulled ? !visible.has(`${name.kind} ${name.id}`) : own && !begunHere
      if (!goes) continue
      await tx.delete('rows', key)
      count++
    }
    return count
  })
}

/** One page, whole or not at all. What was asked for and is not in it may no longer be read. */
async function apply(
  vault: Vault,
  rows: Rows,
  keys: Keys,
  kind: string,
  ids: readonly string[],
  page: readonly PulledRow[],
  cases: ReadonlyMap<string, string | null>,
): Promise<number> {
  const asked = page.filter(row => ids.includes(row.id))
  const sealed = await Promise.all(
    asked.map(row => {
      const { id, version, record: value } = row
      return rows.seal(keys, { kind, id, version, value, group: cases.get(`${kind} ${id}`) ?? null, pulled: true })
    }),
  )
  const answered = new Set(asked.map(row => row.id))
  const gone = await Promise.all(ids.filter(id => !answered.has(id)).map(id => rows.keyOf(keys, kind, id)))
  await vault.guarded(keys, ['rows'], async tx => {
    for (const row of sealed) await tx.put('rows', row)
    for (const key of gone) await tx.delete('rows', key)
  })
  return sealed.length
}
