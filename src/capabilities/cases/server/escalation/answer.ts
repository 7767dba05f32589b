import { uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { answerEscalated, listEscalated } from './store.ts'

/** What a supervisor does about a clock that ran over: a code, into the case's history. It decides nothing, and the clock runs on. */
export const answerEscalation = handle(cases.answerEscalation, policy, {
  facts: async ({ read, actor, now, input: { params } }): Promise<{ readonly caseId: string }> => {
    const [found] = await listEscalated(read, actor.organisation, now, 1, params.escalation)
    if (!found) throw notFound()
    return { caseId: found.case_id }
  },
  caseOf: ({ caseId }) => caseId,
  run: async ({ tx, actor, now, input: { params, body }, note }) => {
    const said = { id: params.escalation, body: actor.organisation, answer: body.answer, now, event: uuidv7() }
    if ((await answerEscalated(tx, said)) === 0) throw new Problem('not-now')
    note({ reason: body.answer })
    return { id: params.escalation }
  },
})
