import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { referralFacts, requireMove } from './facts.ts'
import * as store from './store.ts'

export const acknowledge = handle(referrals.acknowledge, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, facts, input: { params, version }, now }) => {
    requireMove(facts, 'acknowledge')
    requireFresh(await store.move(tx, params.referral, version, { status: 'acknowledged', acknowledged_at: now }))
    await addToTimeline(tx, actor, facts.referral.caseId, 'referral.acknowledged', {})
    return { id: params.referral, version: version + 1 }
  },
})
