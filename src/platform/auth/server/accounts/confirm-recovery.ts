import { handle } from '../../../http/handle.ts'
import { notFound, Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { linkHours, makeLink } from './link.ts'
import { confirmRecovery as confirm, getRecovery, listWorkplaces } from './store.ts'

/** The second of two people, neither of them the account's own: only now there is a link. */
export const confirmRecovery = handle(auth.confirmRecovery, policy, {
  facts: async ({ read, input }) => {
    const asked = await getRecovery(read, input.params.recovery)
    const organisations = await listWorkplaces(read, asked.account_id)
    return { account: asked.account_id, askedBy: asked.asked_by, organisations }
  },
  run: async ({ tx, actor, input, facts, services, now, note }) => {
    const id = input.params.recovery
    const asked = await getRecovery(tx, id)
    if (asked.confirmed_by !== null || asked.used_at) throw new Problem('already-answered')
    const { hash, shown } = makeLink(services.config, facts.account, now)
    if (!(await confirm(tx, id, actor.user, hash, linkHours))) throw notFound()
    note({ basis: id, ids: [facts.account] })
    return shown
  },
})
