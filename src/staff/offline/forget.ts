import type { Database, Device, Row } from './database.ts'
import { hasArrived } from './outbox-states.ts'
import type { Ports } from './ports.ts'

// What may no longer be read leaves the phone when the server is met, locked or not, with a session or without.

/** Held by whoever changes the copy. */
export const copyLock = 'samaan-pull'
/** Tells the pages that their memory of the copy is no longer true. */
export const tellChanged = (ports: Ports): void => ports.channel?.postMessage({ copy: 'changed' })
export const isChange = (message: unknown): boolean => (message as { copy?: string } | null)?.copy === 'changed'

/** What the server lets this phone keep, by marks. */
export interface Told {
  readonly cursor: string
  readonly marks: ReadonlySet<string>
}
/** What a phone says of its copy: the salt of its marks, and the cursor that it was told last. */
export interface Asking {
  readonly salt: string
  readonly known?: string
}

/** Nothing where the copy is not this device's, or there is none. */
export const askingOf = (database: Database, { epoch }: Device): Promise<Asking | undefined> =>
  database.transact(['meta'], 'readonly', async tx => {
    if ((await tx.meta('vault'))?.epoch !== epoch) return undefined
    const told = (await tx.meta('standing'))?.told
    return told === undefined ? { salt: epoch } : { salt: epoch, known: told }
  })

/**
 * Removes what the server did not name. A case that was begun here and has not arrived is not the server's to name.
 * Where a pull is under way nothing is done: it does the same, and knows more.
 * @param time ms since 1970, the server's; an answer older than the copy changes nothing
 * @returns how many rows went
 */
export async function forget(
  database: Database,
  { epoch }: Device,
  { cursor, marks }: Told,
  time: number,
  ports: Ports,
): Promise<number> {
  const removed = await ports.locks.request(copyLock, { ifAvailable: true }, async lock => {
    if (!lock) return 0
    return database.transact(['meta', 'rows', 'parcels'], 'readwrite', async tx => {
      const stands = await tx.meta('standing')
      if ((await tx.meta('vault'))?.epoch !== epoch || (stands && time < stands.time)) return 0
      const rows = await tx.all('rows')
      const arrived = new Set((await tx.all('parcels')).filter(hasArrived).map(one => one.copy))
      const cases = new Set(rows.filter(one => one.mark !== undefined).map(one => one.of))
      const goes = ({ id, mark, of }: Row) =>
        mark === undefined ? of !== undefined && !marks.has(of) && (cases.has(of) || arrived.has(id)) : !marks.has(mark)
      const gone = rows.filter(goes)
      for (const one of gone) await tx.delete('rows', one.id)
      // With something gone the next pull looks at everything: the server may show it again.
      const pulled = gone.length === 0 && stands?.pulled !== undefined ? { pulled: stands.pulled } : {}
      await tx.setMeta('standing', { ...pulled, told: cursor, time })
      return gone.length
    })
  })
  if (removed > 0) tellChanged(ports)
  return removed
}
