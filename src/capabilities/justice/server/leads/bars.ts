import type { Read, Tx } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { justice, type LeadBar } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from '../store.ts'
import { leadFacts } from './lead.ts'

type Wanted = { readonly id: string; readonly account: string; readonly reason: LeadBar['reason'] }

/** Whether there is no such lead for somebody, as far as the reader sees it. */
export const isClosedTo = async (read: Read, lead: string, account: string): Promise<boolean> =>
  (await store.listBars(read, lead)).some(one => one.account_id === account && one.ended_at === null)

/** Closes a lead to somebody who could meet it: of the body, or a prosecutor; never to oneself. @throws Problem invalid-input */
export async function close(tx: Tx, actor: Actor, lead: string, bar: Wanted, field: string): Promise<void> {
  const meets = (await store.listPeople(tx)).some(
    one => one.account === bar.account && (one.role === 'prosecutor' || one.organisation === actor.organisation),
  )
  if (!meets || bar.account === actor.user || (await isClosedTo(tx, lead, bar.account)))
    throw new Problem('invalid-input', [{ field, code: 'not-offered' }])
  await store.barFromLead(tx, bar.id, lead, bar.account, bar.reason)
}

export const barFromLead = handle(justice.barFromLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, input: { params, body }, note }) => {
    note({ basis: params.lead, case: undefined, reason: body.reason })
    await close(tx, actor, params.lead, body, 'account')
    return { id: body.id }
  },
})

export const endLeadBar = handle(justice.endLeadBar, policy, {
  facts: async ({ read, actor, input: { params } }) => {
    const found = await store.findBar(read, params.bar, params.lead)
    return { ...(await leadFacts(read, actor, params.lead)), bar: found && { by: found.by_account } }
  },
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, input: { params }, note }) => {
    note({ basis: params.lead, case: undefined })
    if ((await store.endLeadBar(tx, params.bar, params.lead)) === 0) throw notFound()
    return { id: params.bar }
  },
})
