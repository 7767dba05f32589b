import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { caseFacts } from './folder.ts'
import { listKept } from './kept.ts'
import { viewOf } from './view.ts'

export const read = handle(cases.read, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: context => viewOf(context, context.facts as Awaited<ReturnType<typeof caseFacts>>),
  pull: { kind: 'case', visible: ({ read, actor, limit }) => listKept(read, actor, limit) },
})
