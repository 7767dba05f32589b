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
    for await (const rows of rowsOf(read, store.exported(actor.organisation)))
      yield rows.map(row => csvLine(exportColumns.map(column => row[column]))).join('')
  },
})
