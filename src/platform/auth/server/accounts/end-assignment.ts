import { handle } from '../../../http/handle.ts'
import { notFound } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { endAssignment as end } from './store.ts'

export const endAssignment = handle(auth.endAssignment, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ tx, actor, input: { params }, note }) => {
    if (!(await end(tx, params.account, params.assignment, actor.user))) throw notFound()
    note({ basis: params.assignment, ids: [params.account] })
    return undefined
  },
})
