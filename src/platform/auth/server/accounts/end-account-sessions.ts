import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { endSessions } from '../store.ts'
import { getAccount } from './store.ts'

export const endAccountSessions = handle(auth.endAccountSessions, policy, {
  run: async ({ tx, input, note }) => {
    const account = await getAccount(tx, input.params.account)
    const ended = await endSessions(tx, account.id)
    note({ ids: [account.id], count: ended })
    return { ended }
  },
})
