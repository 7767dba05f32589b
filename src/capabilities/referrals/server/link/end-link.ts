import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { referralFacts } from '../facts.ts'
import * as store from './store.ts'

export const endLink = handle(withoutAccount.endLink, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, input: { params } }) => {
    if ((await store.endLink(tx, params.referral)) === 0) throw notFound()
    return undefined
  },
})
