import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { endSessions } from './store.ts'

export const endSession = handle(auth.endSession, policy, {
  run: async context => {
    const session = sessionOf(context)
    const { session: id } = context.input.params
    if ((await endSessions(context.tx, session.account, id)) === 0) throw notFound()
    if (id === session.id) context.setSession(null)
    context.note({ ids: [id] })
    return undefined
  },
})
