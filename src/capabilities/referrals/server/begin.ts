import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { referralFacts, requireMove } from './facts.ts'
import * as store from './store.ts'

export const begin = handle(referrals.begin, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, facts, input: { params, version }, now }) => {
    requireMove(facts, 'begin')
    requireFresh(await store.move(tx, params.referral, version, { status: 'in-service', began_at: now }))
    await addToTimeline(tx, actor, facts.referral.caseId, 'referral.begun', {})
    return { id: params.referral, version: version + 1 }
  },
})
