import type { Services } from '../../http/services.ts'
import { offer, type Whole } from './claims.ts'
import { uploadsIn } from './folder.ts'

/** Long enough for the request's own commit; what comes too early or is lost is done by the next sweep. */
const afterCommit = 100
/** A person decided of a file that waited: it is filed, looked at again, or destroyed at once, whatever else waits. */
export function answered(services: Services, id: string, whole: Whole, destroyed: boolean): void {
  const work = async () => {
    if (destroyed) await uploadsIn(services.config.dataFolder).remove(id)
    await offer(services, whole)
  }
  setTimeout(
    () => void work().catch(error => services.config.log({ event: 'files-filing', error })),
    afterCommit,
  ).unref()
}
