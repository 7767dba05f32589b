import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { endSessions } from './store.ts'

export const signOut = handle(auth.signOut, policy, {
  run: async context => {
    const { id, account } = sessionOf(context)
    await endSessions(context.tx, account, id)
    context.setSession(null)
    return undefined
  },
})
