import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { justice } from '../../contract.ts'
import { policy, type WaitingFacts } from '../../policy.ts'
import * as store from '../store.ts'

async function orderFacts(read: Read, caseId: string, id: string): Promise<WaitingFacts & { order: store.OrderRow }> {
  const [facts, order] = await Promise.all([caseFacts(read, caseId), store.findOrder(read, id)])
  if (order?.case_id !== caseId) throw notFound()
  return { ...facts, order, waiting: { by: order.by_account, to: order.named, state: order.state } }
}
type OrderFacts = Awaited<ReturnType<typeof orderFacts>>

/** The second person of an order. */
export const answerOrder = handle(justice.answerOrder, policy, {
  facts: ({ read, input: { params } }) => orderFacts(read, params.case, params.order),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, now, note }) => {
    const { order } = facts as OrderFacts
    note({ basis: params.order, reason: body.answer })
    if (order.version !== version) throw new Problem('version-stale')
    if (order.state !== 'proposed') throw new Problem('not-now')
    // Before it begins, after it has ended, or once somebody it names has left, it can only be returned.
    if (body.answer === 'confirmed') {
      const runs = order.from_at <= now && now < order.until_at
      if (!runs || !(await store.mayName(tx, order.organisation_id, order.named))) throw new Problem('not-now')
    }
    requireFresh(await store.answerOrder(tx, params.order, version, body.answer))
    await addToTimeline(tx, actor, params.case, 'justice.order-answered', { answer: body.answer })
    return { id: params.order, version: version + 1 }
  },
})

/** Ends an order, also before it was confirmed: what it opened is closed with this commit. */
export const revokeOrder = handle(justice.revokeOrder, policy, {
  facts: ({ read, input: { params } }) => orderFacts(read, params.case, params.order),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, version }, note }) => {
    const { order } = facts as OrderFacts
    note({ basis: params.order })
    if (order.version !== version) throw new Problem('version-stale')
    if (order.state !== 'proposed' && order.state !== 'confirmed') throw new Problem('not-now')
    requireFresh(await store.revokeOrder(tx, params.order, version))
    await addToTimeline(tx, actor, params.case, 'justice.order-revoked', {})
    return { id: params.order, version: version + 1 }
  },
})

async function interestFacts(
  read: Read,
  caseId: string,
  id: string,
): Promise<WaitingFacts & { interest: store.InterestRow }> {
  const [facts, interest] = await Promise.all([caseFacts(read, caseId), store.findInterest(read, id)])
  if (interest?.case_id !== caseId) throw notFound()
  const { by_account: by, account_id: to, state } = interest
  return { ...facts, interest, waiting: { by, to: [to], state } }
}

/** The second person of a vital interest: not upheld, it ends at once. */
export const reviewInterest = handle(justice.reviewInterest, policy, {
  facts: ({ read, input: { params } }) => interestFacts(read, params.case, params.interest),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, note }) => {
    const { interest } = facts as Awaited<ReturnType<typeof interestFacts>>
    note({ basis: params.interest, reason: body.outcome })
    if (interest.version !== version) throw new Problem('version-stale')
    if (interest.state !== 'open') throw new Problem('not-now')
    requireFresh(await store.reviewInterest(tx, params.interest, version, body.outcome))
    await addToTimeline(tx, actor, params.case, 'justice.interest-reviewed', { outcome: body.outcome })
    return { id: params.interest, version: version + 1 }
  },
})
