import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { situation } from '../contract.ts'
import { policy } from '../policy.ts'
import { assessmentFacts, dropAssessment } from './store.ts'

/** Lets one go that waits for answers; it stays in the list as that. */
export const drop = handle(situation.drop, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ tx, facts, input: { params, body, version }, note }) => {
    note({ reason: body.reason })
    if ((facts as Awaited<ReturnType<typeof assessmentFacts>>).assessment.state !== 'open') throw new Problem('not-now')
    if ((await dropAssessment(tx, params.assessment, version, body.reason)) === 0) throw new Problem('version-stale')
    return { version: version + 1 }
  },
})
