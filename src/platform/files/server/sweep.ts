import type { Tx } from '../../db/context.ts'
import type { Services } from '../../http/services.ts'
import type { Job } from '../../jobs/jobs.ts'
import { offer, strayCopies } from './claims.ts'
import { listOldCopies, removeCopy } from './copies.ts'
import { uploadsIn } from './folder.ts'
import * as store from './store.ts'

/** Files of a round that are offered again: what a crash or a scanner that was away left unfiled. */
const offeredAtOnce = 10
/** Bytes without a row are left this long (ms): their row may be about to be written. */
const strayAfter = 24 * 3_600_000

/**
 * Removes what ran out, and offers again what is whole and not filed.
 * @param tx as the jobs' role
 */
export async function sweepFiles(services: Services, tx: Tx, now: Date): Promise<void> {
  const folder = uploadsIn(services.config.dataFolder)
  const old = await folder.listOld(now.getTime() - strayAfter)
  const expired = await store.removeExpired(tx)
  const known = old.length > 0 ? await store.listKnown(tx, old) : new Set<string>()
  for (const id of [...expired, ...old.filter(one => !known.has(one))]) await folder.remove(id)
  const { dataFolder } = services.config
  // What a crash left between writing a copy and saying so.
  for (const id of await strayCopies(tx, await listOldCopies(dataFolder, now.getTime() - strayAfter)))
    await removeCopy(dataFolder, id)
  for (const file of await store.listUnfiled(tx, offeredAtOnce)) await offer(services, file)
}

/** Every quarter of an hour, where the jobs run: they share the data folder with the server. */
export const filesJob = (services: Services): Job => ({
  name: 'files.sweep',
  cron: '*/15 * * * *',
  run: (tx, now) => sweepFiles(services, tx, now),
})
