import { handle } from '#platform/http/handle.ts'
import { situation } from '../contract.ts'
import { policy } from '../policy.ts'
import { listPictures } from './pictures/pictures.ts'
import { assessmentFacts } from './store.ts'
import { viewOf } from './view.ts'

export const read = handle(situation.read, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ read, actor, services, now, input: { params } }) =>
    viewOf(read, services, actor, params.assessment, now, await listPictures(read, services, params.assessment)),
})
