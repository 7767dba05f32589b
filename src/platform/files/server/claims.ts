import { setTimeout as pause } from 'node:timers/promises'
import type { Tx } from '../../db/context.ts'
import type { Services } from '../../http/services.ts'

/** A whole file, by whose it is and what its sealed bytes hash to. */
export interface Whole {
  readonly account: string
  readonly sha256: Buffer
}
/** Files it away where its command is there already; else does nothing. Runs outside any transaction. */
export type Claim = (services: Services, file: Whole) => Promise<void>

const claims: Claim[] = []
/** A slice says what it does with files that have arrived; called once, when the slice is loaded. */
export function claimFiles(claim: Claim): void {
  claims.push(claim)
}

/** Which of some copies a slice keeps; asked as the jobs' role. */
export type Keeper = (tx: Tx, ids: readonly string[]) => Promise<readonly string[]>
const keepers: Keeper[] = []
/** A slice says which copies are its own; called once, when the slice is loaded. What nobody keeps is removed in time. */
export function keepCopies(keeper: Keeper): void {
  keepers.push(keeper)
}
/** The copies among these that nobody keeps. None, where no slice was loaded that could say. */
export async function strayCopies(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0 || keepers.length === 0) return []
  const kept = new Set<string>()
  for (const keeper of keepers) for (const id of await keeper(tx, ids)) kept.add(id)
  return ids.filter(id => !kept.has(id))
}

/** What is under way in this process, so that one file is filed once at a time. */
const underWay = new WeakMap<Services, Map<string, Promise<void>>>()

/** Offers a whole file to whoever may be waiting for it. What goes wrong is logged; the file stays and is offered again. */
export function offer(services: Services, file: Whole): Promise<void> {
  const all = underWay.get(services) ?? new Map<string, Promise<void>>()
  underWay.set(services, all)
  const name = `${file.account} ${file.sha256.toString('hex')}`
  const known = all.get(name)
  if (known) return known
  const work = (async () => {
    for (const claim of claims) await claim(services, file)
  })()
    .catch(error => services.config.log({ event: 'files-filing', error }))
    .finally(() => all.delete(name))
  all.set(name, work)
  return work
}

/** As {@link offer}, but waits only so long for it (ms): an answer to a phone is not held up by a slow scanner. */
export const offerBriefly = (services: Services, file: Whole, most = 2_000): Promise<unknown> =>
  Promise.race([offer(services, file), pause(most, undefined, { ref: false })])

/** Waits for all that is being filed in this process. */
export const filed = async (services: Services): Promise<void> => {
  await Promise.all([...(underWay.get(services)?.values() ?? [])])
}
