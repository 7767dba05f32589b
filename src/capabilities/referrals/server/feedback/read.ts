import { handle } from '#platform/http/handle.ts'
import { feedback } from '../../contract-feedback.ts'
import { hasBegun } from '../../flow.ts'
import { policy } from '../../policy.ts'
import type { Loaded } from '../facts.ts'
import { feedbackFacts } from './facts.ts'
import { openFeedback } from './sealed.ts'
import * as store from './store.ts'

/** What was said of one help: for who works the case; for who only met the person, that it was written down. */
export const read = handle(feedback.read, policy, {
  facts: ({ read, input }) => feedbackFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ read, facts, decision, key }) => {
    const { row, referral } = facts as typeof facts & Loaded
    const open = hasBegun(referral.status)
    const found = await store.feedbackOf(read, referral.id)
    const words =
      found?.sealed_words && row.key_slot !== null && decision.permits(referral.caseId, 'SVC')
        ? openFeedback(key(referral.caseId, row.key_slot, 'SVC'), referral.id, found.sealed_words)
        : undefined
    return {
      open,
      said: found
        ? {
            at: found.said_at.toISOString(),
            toldTo: found.own ? null : (found.told_to ?? ''),
            ...(decision.permits(referral.caseId, 'STA') ? { answers: answersOf(found) } : {}),
            ...(words === undefined ? {} : { words }),
          }
        : null,
      moves: found?.own ? [] : [...(open ? (['tell'] as const) : []), ...(found ? (['take-back'] as const) : [])],
    }
  },
})

const answersOf = ({ respect, explained, agreed, safe, again }: store.FeedbackRow) => ({
  respect,
  explained,
  agreed,
  safe,
  again,
})
