import { rowsOf } from '#platform/db/cursor.ts'
import { csvLine } from '#platform/http/csv.ts'
import { handle } from '#platform/http/handle.ts'
import { cases, exportColumns } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

/** Counted and audited before the first row leaves; streamed so that nobody waits behind it. */
export const exportCsv = handle(cases.exportCsv, policy, {
  run: async ({ read, actor, note }) => {
    const count = await store.countHeld(read, actor.organisation)
    note({ count })
    return { count }
  },
  stream: async function* ({ read, actor }) {
    yield csvLine(exportColumns)
    for await (const rows of rowsOf(read, store.exported(actor.organisation))) {
      // The cursor sees what was there when it was opened: what was hidden or erased since stays out.
      const shown = await store.stillShown(
        read,
        rows.map(row => row.reference),
      )
      yield rows
        .filter(row => shown.has(row.reference))
        .map(row => csvLine(exportColumns.map(column => row[column])))
        .join('')
    }
  },
})
