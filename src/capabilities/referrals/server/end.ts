import { handle } from '#platform/http/handle.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { type Loaded, referralFacts, requireMove } from './facts.ts'
import { closeService } from './over.ts'

export const end = handle(referrals.end, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: ({ tx, actor, facts, input: { body, version }, now }) => {
    requireMove(facts, 'end')
    return closeService(tx, actor, facts as Loaded, version, { status: 'ended', end_reason: body.reason }, now)
  },
})
