import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import { generateIdentity } from '#platform/crypto/sealed-file.ts'
import { offer } from '#platform/files/server/claims.ts'
import { findByContent } from '#platform/files/server/store.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { sealAbout, sealIdentity } from './sealed.ts'
import { insertAttachment } from './store.ts'

/** Long enough for this request's own commit; where it was not, the file is offered again by whoever asks about it. */
const afterCommit = 100

/**
 * Says what a file is, and makes the pair of keys that its copies are sealed to: its secret half is sealed with the case's
 * key here, while the decision stands, so that filing the bytes away later needs no key of the case.
 */
export const attach = handle(cases.attach, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, services, now, input: { params, body } }) => {
    if (facts.folder.status === 'closed') throw new Problem('not-now')
    if ((body.purpose === 'person') !== (body.reason !== undefined))
      throw new Problem('invalid-input', [
        { field: 'reason', code: body.reason === undefined ? 'required' : 'unknown-field' },
      ])
    // However long ago; a phone's clock may only not be ahead.
    if (body.takenAt) requireNone(wrongSaid(body.takenAt, now, 'takenAt').filter(one => one.code === 'future'))
    const { key_slot } = await getFolder(tx, params.case)
    const svc = key(params.case, key_slot, 'SVC')
    const { identity, recipient } = await generateIdentity()
    const sha256 = Buffer.from(body.file, 'base64url')
    const { id, name, reason } = body
    await Promise.all([
      insertAttachment(tx, {
        id,
        case_id: params.case,
        compartment: body.compartment,
        by_account: actor.user,
        taken_at: body.takenAt ? new Date(body.takenAt) : null,
        purpose: body.purpose,
        original: body.original,
        sealed_about: sealAbout(svc, id, { name, ...(reason ? { reason } : {}) }),
        recipient,
        sealed_identity: sealIdentity(svc, id, identity),
        sha256,
      }),
      addToTimeline(tx, actor, params.case, 'case.attachment-added', {}),
    ])
    const arrived = await findByContent(tx, actor.user, sha256)
    if (arrived?.state === 'whole') {
      const file = { account: actor.user, sha256 }
      setTimeout(() => void offer(services, file), afterCommit).unref()
    }
    return { id }
  },
})
