import { uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { holdsRole, putInCharge } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireFresh, requireMove } from './folder.ts'
import * as store from './store.ts'

export const assign = handle(cases.assign, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, now }) => {
    requireMove(facts, 'assign')
    if (!(await holdsRole(tx, body.coordinator, actor.organisation, ['coordinator'])))
      throw new Problem('invalid-input', [{ field: 'coordinator', code: 'not-offered' }])
    requireFresh(await store.changeFolder(tx, params.case, version, { coordinator: body.coordinator }))
    await store.assign(tx, params.case, body.coordinator, actor.user, uuidv7(), now)
    await addToTimeline(tx, actor, params.case, 'case.assigned', { to: body.coordinator })
    // Last: a coordinator who gives a case away no longer sees it.
    await putInCharge(tx, body.coordinator, params.case)
    return { id: params.case, version: version + 1 }
  },
})
