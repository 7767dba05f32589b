import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { where as contract } from '../contract-where.ts'
import { policy } from '../policy.ts'
import { caseFacts, type KeyOf } from './folder.ts'
import { openAt } from './sealed.ts'
import * as store from './store.ts'

/** Where the person is, for a decision that opens LOC. Version 0: nothing is written down. */
export async function openWhere(read: Read, key: KeyOf, row: Pick<store.FolderRow, 'id' | 'key_slot'>) {
  const found = await store.findLocation(read, row.id)
  return {
    text: found ? openAt(key(row.id, row.key_slot, 'LOC'), 'location', row.id, found.sealed) : null,
    version: found?.version ?? 0,
  }
}

export const where = handle(contract.read, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, facts, key }) => openWhere(read, key, (facts as Awaited<ReturnType<typeof caseFacts>>).row),
})
