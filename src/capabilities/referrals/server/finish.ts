import { handle } from '#platform/http/handle.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { type Loaded, referralFacts, requireMove } from './facts.ts'
import { closeService } from './over.ts'

export const finish = handle(referrals.finish, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: ({ tx, actor, facts, input: { body, version }, now }) => {
    requireMove(facts, 'finish')
    return closeService(tx, actor, facts as Loaded, version, { status: 'done', outcome: body.outcome }, now)
  },
})
