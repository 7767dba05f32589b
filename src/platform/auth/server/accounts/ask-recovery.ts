import { uuidv7 } from '../../../crypto/random.ts'
import { handle } from '../../../http/handle.ts'
import { Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { getAccount, insertRecovery, listWorkplaces, openInvitations } from './store.ts'

/** The first of two people: says that somebody has lost every way in. No link comes of it yet. */
export const askRecovery = handle(auth.askRecovery, policy, {
  facts: async ({ read, input: { params } }) => ({
    account: params.account,
    organisations: await listWorkplaces(read, params.account),
  }),
  run: async ({ tx, actor, input, note }) => {
    const account = await getAccount(tx, input.params.account)
    if (account.status === 'invited') throw new Problem('not-now')
    const open = await openInvitations(tx, account.id)
    if (open.some(one => one.kind === 'recover' && one.confirmed_by === null)) throw new Problem('already-exists')
    const id = uuidv7()
    await insertRecovery(tx, { id, account_id: account.id, asked_by: actor.user, days: 7 })
    note({ basis: id, ids: [account.id] })
    return { id }
  },
})
