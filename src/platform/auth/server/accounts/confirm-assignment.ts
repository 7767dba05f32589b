import { handle } from '../../../http/handle.ts'
import { mayHold } from '../../../policy/bodies.ts'
import { notFound, Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { answer, getAsked } from './store.ts'

/** The second of two people: from now on the role works. Only for somebody who has come in by themselves. */
export const confirmAssignment = handle(auth.confirmAssignment, policy, {
  facts: async ({ read, input }) => {
    const asked = await getAsked(read, input.params.assignment)
    return { account: asked.account_id, askedBy: asked.granted_by!, organisation: asked.organisation }
  },
  run: async ({ tx, input, facts, note }) => {
    const id = input.params.assignment
    const asked = await getAsked(tx, id)
    if (!asked.waiting) throw new Problem('already-answered')
    // What the organisation is may have changed since it was asked for.
    if (asked.status !== 'active' || !mayHold(asked.role, asked)) throw new Problem('not-now')
    if (!(await answer(tx, id, null))) throw notFound()
    note({ basis: id, ids: [facts.account] })
    return undefined
  },
})
