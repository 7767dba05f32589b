import { handle } from '#platform/http/handle.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireFresh, requireMove } from './folder.ts'
import * as store from './store.ts'

/** The second person of a negative decision: confirms it, or returns it so that it is decided again. */
export const confirm = handle(cases.confirm, policy, {
  facts: async ({ read, input: { params } }) => {
    const facts = await caseFacts(read, params.case)
    const { by_account, state } = await store.getDecision(read, params.case, params.decision)
    return { ...facts, decision: { by: by_account, state } }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, now }) => {
    requireMove(facts, 'confirm')
    const { version: decisionVersion } = await store.getDecision(tx, params.case, params.decision)
    requireFresh(await store.secondDecision(tx, params.decision, decisionVersion, body.answer, actor.user, now))
    const confirmed = body.answer === 'confirmed'
    requireFresh(
      await store.changeFolder(tx, params.case, version, {
        identification: confirmed ? 'no-reasonable-grounds' : 'pending',
        ...(confirmed ? { due_at: null } : {}),
      }),
    )
    if (confirmed) await store.stopClocks(tx, params.case, 'reasonable-grounds', now)
    await addToTimeline(tx, actor, params.case, 'case.decision-seconded', { answer: body.answer })
    return { id: params.case, version: version + 1 }
  },
})
