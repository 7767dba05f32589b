import { handle } from '../../../http/handle.ts'
import { notFound, Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { answer, getAsked } from './store.ts'

/** The second of two people says no: the role ends before it ever worked. */
export const refuseAssignment = handle(auth.refuseAssignment, policy, {
  facts: async ({ read, input }) => {
    const asked = await getAsked(read, input.params.assignment)
    return { account: asked.account_id, askedBy: asked.granted_by!, organisation: asked.organisation }
  },
  run: async ({ tx, input: { params, body }, facts, note }) => {
    const id = params.assignment
    if (!(await getAsked(tx, id)).waiting) throw new Problem('already-answered')
    if (!(await answer(tx, id, body.reason))) throw notFound()
    note({ basis: id, ids: [facts.account] })
    return undefined
  },
})
