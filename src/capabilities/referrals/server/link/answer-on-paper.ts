import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import { returnCodeOf } from './secrets.ts'
import { answersIn, lacks, stepOf } from './steps.ts'
import * as store from './store.ts'

/** Writes down what who holds the sheet said, once they have told the code that stands on it. */
export const answerOnPaper = handle(withoutAccount.answerOnPaper, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, facts, services, key, input: { body, version }, now, note }) => {
    const { referral, row } = facts as Loaded
    const missing = lacks(body)
    if (missing) throw new Problem('invalid-input', [{ field: missing, code: 'required' }])
    const code = returnCodeOf(services.keys, referral.id, body.code)
    // Answered and not refused: that a code was wrong is counted.
    if (!(await store.tryPaper(tx, referral.id, code))) {
      note({ reason: 'wrong-code' })
      return { taken: false }
    }
    if (!answersIn(referral.status).includes(body.answer)) throw new Problem('already-answered')
    const step = stepOf(body, {
      referral: referral.id,
      version,
      now,
      key: () => key(referral.caseId, row.key_slot!, 'STA'),
    })
    const touched = await store.stepOnPaper(tx, referral.id, code, step)
    if (touched === -1) throw new Problem('invalid-input', [{ field: 'answer', code: 'no-free-place' }])
    requireFresh(touched)
    note({ reason: body.answer })
    return { taken: true }
  },
})
