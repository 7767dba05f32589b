import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts } from './folder.ts'
import { applyMove, requireProcedureMove } from './procedure/apply.ts'
import { earlierDeciders } from './procedure/earlier.ts'
import { getDecision, secondDecision } from './procedure/store.ts'
import { getFolder } from './store.ts'

/** The second person of a decision: confirms it, or returns it so that it is decided again. */
export const confirm = handle(cases.confirm, policy, {
  facts: async ({ read, input: { params } }) => {
    const facts = await caseFacts(read, params.case)
    const { by_account, state, kind } = await getDecision(read, params.case, params.decision)
    const earlier = kind === 'reconsideration' ? [...(await earlierDeciders(read, params.case)).makers] : []
    return { ...facts, decision: { by: by_account, state, earlier } }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, body, version }, now }) => {
    const decision = await getDecision(tx, params.case, params.decision)
    const confirmed = body.answer === 'confirmed'
    const outcome = decision.outcome === 'positive' ? 'confirm-positive' : 'confirm-negative'
    const move = requireProcedureMove(services, actor, facts, confirmed ? outcome : 'return')
    requireFresh(await secondDecision(tx, params.decision, decision.version, body.answer, actor.user, now))
    const row = await getFolder(tx, params.case)
    await applyMove({ tx, actor, services, row, move, version, at: now, now })
    await addToTimeline(tx, actor, params.case, 'case.decision-seconded', { answer: body.answer, kind: decision.kind })
    return { id: params.case, version: version + 1 }
  },
})
