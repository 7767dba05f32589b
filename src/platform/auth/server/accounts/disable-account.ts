import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { endSessions } from '../store.ts'
import { disableAccount as disable, getAccount } from './store.ts'

/** From now on: every session ends, every link handed out before is void. Two people can let the person back. */
export const disableAccount = handle(auth.disableAccount, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ tx, input, note }) => {
    const account = await getAccount(tx, input.params.account)
    if (account.status !== 'disabled') await disable(tx, account.id)
    await endSessions(tx, account.id)
    note({ ids: [account.id] })
    return undefined
  },
})
