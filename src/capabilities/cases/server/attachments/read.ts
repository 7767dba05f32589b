import { savedCopy } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { shelfOf } from './shelf.ts'
import { getAttachment } from './store.ts'

/** One copy, to be saved: its own decision and audit event each time, then piece by piece from the disk. */
export const readAttachment = handle(cases.readAttachment, policy, {
  facts: async ({ read, input: { params } }) => {
    const [found, row] = await Promise.all([
      caseFacts(read, params.case),
      getAttachment(read, params.case, params.attachment),
    ])
    return { ...found, compartment: shelfOf(row.compartment).compartment }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, services, input: { params }, note }) => {
    const row = await getAttachment(read, params.case, params.attachment)
    const { key_slot } = await getFolder(read, params.case)
    const shelf = shelfOf(row.compartment)
    const opening = key(params.case, key_slot, shelf.compartment)
    const saved = await savedCopy('attachment', shelf, services, opening, row, params.copy)
    note({ ids: [row.id], reason: params.copy })
    return saved
  },
})
