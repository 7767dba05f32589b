import { addToTimeline, caseFacts, openFolder } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { acceptShare } from '#platform/policy/access.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { referralFacts, requireFresh, requireMove } from './facts.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Accepts a referral. The competent unit thereby opens the case and its clock starts. */
export const accept = handle(referrals.accept, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now }) => {
    requireMove(facts, 'accept')
    const { caseId, kind } = facts.referral
    const folder = await caseFacts(tx, caseId)
    requireFresh(
      await store.move(tx, params.referral, version, {
        status: 'accepted',
        answered_at: now,
        answered_by: actor.user,
        sealed_answer: body.answer
          ? sealWords(key(caseId, folder.row.key_slot, 'STA'), 'sealed_answer', params.referral, body.answer)
          : null,
      }),
    )
    await Promise.all([
      acceptShare(tx, facts.referral.toOrganisation, caseId, params.referral),
      addToTimeline(tx, actor, caseId, 'referral.accepted', { kind }),
    ])
    if (kind === 'identification' && folder.folder.status === 'new')
      await openFolder(tx, actor, services, folder, folder.row.version, now, params.referral)
    return { id: params.referral, version: version + 1 }
  },
})
