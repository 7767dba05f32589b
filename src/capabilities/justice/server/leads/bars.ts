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

/**
 * Closes a lead to people who could meet it: of the body, or prosecutors; never to oneself, and to nobody twice.
 * @param fieldOf the field of the nth, as it was sent
 * @throws Problem invalid-input
 */
export async function close(
  tx: Tx,
  actor: Actor,
  lead: string,
  bars: readonly Wanted[],
  fieldOf: (at: number) => string,
): Promise<void> {
  if (bars.length === 0) return
  const meet = new Set(
    (await store.listPeople(tx))
      .filter(one => one.role === 'prosecutor' || one.organisation === actor.organisation)
      .map(one => one.account),
  )
  const closed = new Set((await store.listBars(tx, lead)).flatMap(one => (one.ended_at ? [] : [one.account_id])))
  for (const [at, { id, account, reason }] of bars.entries()) {
    if (!meet.has(account) || account === actor.user || closed.has(account))
      throw new Problem('invalid-input', [{ field: fieldOf(at), code: 'not-offered' }])
    closed.add(account)
    await store.barFromLead(tx, id, lead, account, reason)
  }
}

export const barFromLead = handle(justice.barFromLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, input: { params, body }, note }) => {
    note({ basis: params.lead, case: undefined, reason: body.reason })
    await close(tx, actor, params.lead, [body], () => 'account')
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
