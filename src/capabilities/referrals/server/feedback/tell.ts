import { uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { feedback } from '../../contract-feedback.ts'
import { saysNothing } from '../../feedback.ts'
import { policy } from '../../policy.ts'
import type { Loaded } from '../facts.ts'
import { feedbackFacts } from './facts.ts'
import { sealFeedback } from './sealed.ts'
import * as store from './store.ts'

/** Writes down what the person said to who works for them. */
export const tell = handle(feedback.tell, policy, {
  facts: ({ read, input }) => feedbackFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, facts, key, input: { body } }) => {
    const { row, referral } = facts as typeof facts & Loaded
    const { words = '', ...said } = body
    if (saysNothing(said, words)) throw new Problem('invalid-input', [{ field: 'respect', code: 'required' }])
    if (words !== '' && row.key_slot === null) throw notFound()
    const sealed = words === '' ? null : sealFeedback(key(referral.caseId, row.key_slot!, 'SVC'), referral.id, words)
    if ((await store.tell(tx, referral.id, said, sealed, uuidv7())) === 0) throw new Problem('not-now')
    return undefined
  },
})

export const takeBack = handle(feedback.takeBack, policy, {
  facts: ({ read, input }) => feedbackFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, facts }) => {
    if ((await store.takeBack(tx, facts.referral.id, uuidv7())) === 0) throw new Problem('not-now')
    return undefined
  },
})
