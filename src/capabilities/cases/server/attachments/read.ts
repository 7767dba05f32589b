import { savedCopy } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { shelf } from './shelf.ts'
import { getAttachment } from './store.ts'

/** One copy, to be saved: its own decision and audit event each time, then piece by piece from the disk. */
export const readAttachment = handle(cases.readAttachment, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, services, input: { params }, note }) => {
    const row = await getAttachment(read, params.case, params.attachment)
    const { key_slot } = await getFolder(read, params.case)
    const svc = key(params.case, key_slot, 'SVC')
    const saved = await savedCopy('attachment', shelf, services, svc, row, params.copy)
    note({ ids: [row.id], reason: params.copy })
    return saved
  },
})
