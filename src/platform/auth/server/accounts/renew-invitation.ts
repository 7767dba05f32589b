import { uuidv7 } from '../../../crypto/random.ts'
import { handle } from '../../../http/handle.ts'
import { takesTwo } from '../../../policy/bodies.ts'
import { Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { linkHours, makeLink } from './link.ts'
import { assignmentsOf, endJoins, getAccount, insertJoin } from './store.ts'

/** Another first link for somebody who has not come in yet; the one before no longer opens. */
export const renewInvitation = handle(auth.renewInvitation, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ tx, actor, input, services, now, note }) => {
    const account = await getAccount(tx, input.params.account)
    if (account.status !== 'invited') throw new Problem('not-now')
    // The operator's own links make accounts that work at once: nobody else makes another link to one of those.
    const works = (await assignmentsOf(tx, [account.id])).some(one => one.live && !one.waiting && takesTwo(one.role))
    if (works) throw new Problem('not-now')
    await endJoins(tx, account.id)
    const { hash, shown } = makeLink(services.config, account.id, now)
    const join = { id: uuidv7(), account_id: account.id, asked_by: actor.user, token_hash: hash, hours: linkHours }
    await insertJoin(tx, join)
    note({ ids: [account.id] })
    return shown
  },
})
