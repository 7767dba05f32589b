import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { unshare } from '#platform/policy/access.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { referralFacts, requireMove } from './facts.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Declines with a reason; what was shared is closed to the organisation at once. */
export const decline = handle(referrals.decline, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, facts, key, input: { params, body, version }, now }) => {
    requireMove(facts, 'decline')
    const { caseId, toOrganisation } = facts.referral
    const { row } = await caseFacts(tx, caseId)
    requireFresh(
      await store.move(tx, params.referral, version, {
        status: 'declined',
        answered_at: now,
        answered_by: actor.user,
        decline_reason: body.reason,
        sealed_answer: body.answer
          ? sealWords(key(caseId, row.key_slot, 'STA'), 'sealed_answer', params.referral, body.answer)
          : null,
      }),
    )
    await addToTimeline(tx, actor, caseId, 'referral.declined', { reason: body.reason })
    await unshare(tx, toOrganisation, caseId, params.referral)
    return { id: params.referral, version: version + 1 }
  },
})
