import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { unshare } from '#platform/policy/access.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { referralFacts, requireMove } from './facts.ts'
import * as store from './store.ts'

export const revoke = handle(referrals.revoke, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, facts, input: { params, version } }) => {
    requireMove(facts, 'revoke')
    const { caseId, toOrganisation } = facts.referral
    requireFresh(await store.move(tx, params.referral, version, { status: 'revoked' }))
    await addToTimeline(tx, actor, caseId, 'referral.revoked', {})
    await unshare(tx, toOrganisation, caseId, params.referral)
    return { id: params.referral, version: version + 1 }
  },
})
