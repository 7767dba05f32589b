import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import { offerSoon, sealedColumns } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases, compartmentOf } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { shelfOf } from './shelf.ts'
import { insertAttachment } from './store.ts'

/** Says what a file is; the file itself comes before or after. */
export const attach = handle(cases.attach, policy, {
  facts: async ({ read, input: { params, body } }) => ({
    ...(await caseFacts(read, params.case)),
    compartment: body.compartment,
  }),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, services, now, input: { params, body } }) => {
    if (facts.folder.status === 'closed') throw new Problem('not-now')
    if ((body.purpose === 'person') !== (body.reason !== undefined))
      throw new Problem('invalid-input', [
        { field: 'reason', code: body.reason === undefined ? 'required' : 'unknown-field' },
      ])
    // The services do not read who somebody is in a paper either.
    if (compartmentOf(body.purpose) === 'ID' && body.compartment !== 'ID')
      throw new Problem('invalid-input', [{ field: 'compartment', code: 'wrong' }])
    // However long ago; a phone's clock may only not be ahead.
    if (body.takenAt) requireNone(wrongSaid(body.takenAt, now, 'takenAt').filter(one => one.code === 'future'))
    const { key_slot } = await getFolder(tx, params.case)
    const shelf = shelfOf(body.compartment)
    const opening = key(params.case, key_slot, body.compartment)
    const sha256 = Buffer.from(body.file, 'base64url')
    const { id, name, reason } = body
    const sealed = await sealedColumns(shelf, opening, id, { name, ...(reason ? { reason } : {}) })
    await Promise.all([
      insertAttachment(tx, {
        id,
        case_id: params.case,
        compartment: body.compartment,
        by_account: actor.user,
        taken_at: body.takenAt ? new Date(body.takenAt) : null,
        purpose: body.purpose,
        original: body.original,
        sha256,
        ...sealed,
      }),
      // The history is read by the whole unit: it says nothing of a paper that not all of them may know of.
      ...(body.compartment === 'ID' ? [] : [addToTimeline(tx, actor, params.case, 'case.attachment-added', {})]),
    ])
    await offerSoon(tx, services, actor.user, sha256)
    return { id }
  },
})
