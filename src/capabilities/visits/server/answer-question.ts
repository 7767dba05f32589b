import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { visits } from '../contract.ts'
import { policy } from '../policy.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

export const answerQuestion = handle(visits.answerQuestion, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, now, input: { params, body, version } }) => {
    const { row } = facts as Awaited<ReturnType<typeof caseFacts>>
    if (!(await store.findQuestion(tx, params.case, params.question))) throw notFound()
    const touched = await store.answer(tx, params.case, params.question, version, {
      sealed_answer: sealWords(key(row.id, row.key_slot, 'SVC'), 'sealed_answer', params.question, body.text),
      answered_by: actor.user,
      answered_at: now,
    })
    if (touched === 0) throw new Problem('version-stale')
    await addToTimeline(tx, actor, params.case, 'visit.question-answered', {})
    return { id: params.question, version: version + 1 }
  },
})
