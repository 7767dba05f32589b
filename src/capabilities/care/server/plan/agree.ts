import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import type { Plan } from '../../contract-plan.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase, requireOpen, wrong } from '../facts.ts'
import { type Box, boxOf } from '../sealed.ts'
import * as store from './store.ts'
import { planOf } from './view.ts'

/** The person agrees to the draft: from now on it is what is done, instead of what was agreed before. */
export const agreePlan = handle(care.agreePlan, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    requireNone(wrongSaid(body.saidAt, now, 'saidAt', 'paper'))
    // A child's own yes is not enough; and a guardian answers only for a child.
    if (facts.row.child !== (body.givenBy === 'guardian-and-child'))
      throw wrong('givenBy', facts.row.child ? 'child-alone' : 'no-guardian')
    const box = boxOf(key, facts.row)
    const all = await store.listPlans(tx, params.case)
    const draft = all.find(one => one.state === 'draft')
    if (!draft) throw new Problem('not-now')
    const before = all.find(one => one.state === 'agreed')
    if (before) requireFresh(await store.changePlan(tx, before.id, before.version, { state: 'replaced' }))
    requireFresh(
      await store.changePlan(tx, draft.id, version, {
        state: 'agreed',
        given_by: body.givenBy,
        agreed_how: body.how,
        agreed_at: new Date(body.saidAt),
        agreed_by: actor.user,
      }),
    )
    await follow(tx, actor.user, params.case, planOf(draft, box), box, now)
    await addToTimeline(tx, actor, params.case, 'care.plan-agreed', { number: draft.number })
    return { id: draft.id, version: version + 1 }
  },
})

/** What is to be done follows what was agreed: new actions begin, those that stay are kept as far as they got, others are dropped. */
async function follow(tx: Tx, by: string, caseId: string, plan: Plan, box: Box, now: Date): Promise<void> {
  const there = new Map((await store.listActions(tx, caseId)).map(one => [one.id, one]))
  const wanted = plan.goals.flatMap(one => one.actions)
  for (const { id, service, what, owner, organisation, dueOn } of wanted) {
    const row = {
      plan_id: plan.id,
      service,
      owner,
      organisation_id: organisation ?? null,
      due_on: dueOn ?? null,
      sealed: box.seal('action', id, what),
    }
    const old = there.get(id)
    if (!old) await store.insertAction(tx, { id, case_id: caseId, ...row, by_account: by, at: now })
    else
      requireFresh(
        await store.changeAction(tx, id, old.version, { ...row, state: old.state === 'done' ? 'done' : 'open' }),
      )
  }
  for (const old of there.values())
    if (old.state === 'open' && !wanted.some(one => one.id === old.id))
      requireFresh(await store.changeAction(tx, old.id, old.version, { state: 'dropped' }))
}

export const moveAction = handle(care.moveAction, policy, {
  ...ofCase,
  run: async ({ tx, actor, input: { params, body, version }, ...context }) => {
    requireOpen(loaded(context.facts))
    if (!(await store.findAction(tx, params.case, params.action))) throw notFound()
    requireFresh(await store.changeAction(tx, params.action, version, { state: body.state }))
    await addToTimeline(tx, actor, params.case, 'care.action-moved', { state: body.state })
    return { id: params.action, version: version + 1 }
  },
})
