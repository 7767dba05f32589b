import { KeyError } from '#platform/crypto/key-error.ts'
import { hashOfCopy, openCopy } from '#platform/files/server/copies.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { isProven, openIdentityOf } from './sealed.ts'
import { getAttachment } from './store.ts'

/** One copy, to be saved: its own decision and audit event each time, then piece by piece from the disk. */
export const readAttachment = handle(cases.readAttachment, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, services: { config, keys }, input: { params }, note }) => {
    const row = await getAttachment(read, params.case, params.attachment)
    const file = params.copy === 'original' ? row.original_file : row.clean_file
    if (row.state !== 'ready' || !file || !row.proof) throw notFound()
    const { key_slot } = await getFolder(read, params.case)
    const identity = openIdentityOf(key(params.case, key_slot, 'SVC'), row.id, row.sealed_identity)
    if (!isProven(keys, row.id, params.copy, await hashOfCopy(config.dataFolder, file), row.proof))
      throw new KeyError('unreadable', 'a copy on the disk is not the one that was filed')
    note({ ids: [row.id], reason: params.copy })
    // Says nothing of what is in it: names lie about on desks and in download lists.
    const name = `attachment-${row.id.slice(-8)}.${params.copy === 'original' ? row.kind : 'jpg'}`
    const length = params.copy === 'original' ? row.size! : row.clean_size!
    return { name, bytes: openCopy(config.dataFolder, file, identity), length }
  },
})
