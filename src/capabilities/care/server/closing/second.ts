import { addToTimeline, caseFacts, closeFolder, reopenFolder } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase, requireOpen } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'

/** Somebody else of the unit approves the closure, which closes the case, or gives it back. */
export const secondClosure = handle(care.secondClosure, policy, {
  facts: async ({ read, input: { params } }) => {
    const facts = await caseFacts(read, params.case)
    const { by_account } = await store.getClosure(read, params.case, params.closure)
    return { ...facts, proposedBy: by_account }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    const { reason } = await store.getClosure(tx, params.case, params.closure)
    requireFresh(
      await store.moveClosure(tx, params.closure, version, 'proposed', {
        state: body.answer,
        second_by: actor.user,
        second_at: now,
      }),
    )
    await addToTimeline(tx, actor, params.case, 'care.closure-seconded', { answer: body.answer })
    if (body.answer === 'approved') await closeFolder(tx, actor, facts, reason, now)
    return { id: params.closure, version: version + 1 }
  },
})

/** A case that was closed goes on, with a reason. */
export const reopen = handle(care.reopen, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, key, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    const { second_at } = await store.getClosure(tx, params.case, params.closure)
    requireFresh(
      await store.moveClosure(tx, params.closure, version, 'approved', {
        state: 'reopened',
        reopened_by: actor.user,
        reopened_at: now,
        sealed_reopening: boxOf(key, facts.row).seal('reopening', params.closure, body.reason),
      }),
    )
    await reopenFolder(tx, actor, services, facts, second_at!, now)
    return { id: params.closure, version: version + 1 }
  },
})
