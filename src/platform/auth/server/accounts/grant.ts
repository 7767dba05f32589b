import { handle } from '../../../http/handle.ts'
import { takesTwo } from '../../../policy/bodies.ts'
import { Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { newAssignment } from './new-assignment.ts'
import { assignmentsOf, getAccount, insertAssignment } from './store.ts'

export const grant = handle(auth.grant, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    const account = await getAccount(tx, params.account)
    if (account.status === 'disabled') throw new Problem('not-now')
    const held = (await assignmentsOf(tx, [account.id])).some(
      one => one.live && one.role === body.role && one.organisation === body.organisation,
    )
    if (held) throw new Problem('already-exists')
    await insertAssignment(tx, await newAssignment(tx, actor, account.id, body, '', now))
    note({ basis: body.id, ids: [account.id] })
    return { id: body.id, waiting: takesTwo(body.role) }
  },
})
