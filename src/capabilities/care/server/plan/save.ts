import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Read } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { loaded, ofCase, requireOpen, wrong } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'
import type { PlanText } from './view.ts'

/** Writes the draft of a plan. Without the person's agreement it stays one. */
export const savePlan = handle(care.savePlan, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireOpen(facts)
    await requireActions(tx, body)
    const box = boxOf(key, facts.row)
    const all = await store.listPlans(tx, params.case)
    const draft = all.find(one => one.state === 'draft')
    if ((draft?.version ?? 0) !== version) throw new Problem('version-stale')
    const id = draft?.id ?? uuidv7()
    const sealed = box.seal('plan', id, body)
    if (draft) requireFresh(await store.changePlan(tx, id, version, { sealed, by_account: actor.user, at: now }))
    else
      await store.insertPlan(tx, {
        id,
        case_id: params.case,
        number: (all[0]?.number ?? 0) + 1,
        sealed,
        by_account: actor.user,
        at: now,
      })
    await addToTimeline(tx, actor, params.case, 'care.plan-saved', {})
    return { id, version: version + 1 }
  },
})

/** Each action once, of no other case, and a provider named exactly where a provider acts. */
async function requireActions(read: Read, { goals }: PlanText): Promise<void> {
  const known = new Set<string>()
  const organisations = new Map<string, boolean>()
  for (const [g, { actions }] of goals.entries())
    for (const [a, one] of actions.entries()) {
      const at = (field: string) => `goals.${g}.actions.${a}.${field}`
      if (known.has(one.id)) throw wrong(at('id'), 'twice')
      known.add(one.id)
      if ((one.owner === 'provider') !== (one.organisation !== undefined))
        throw wrong(at('organisation'), one.organisation === undefined ? 'required' : 'not-offered')
      if (one.organisation === undefined) continue
      if (!organisations.has(one.organisation))
        organisations.set(one.organisation, (await findOrganisation(read, one.organisation))?.active === true)
      if (!organisations.get(one.organisation)) throw wrong(at('organisation'), 'not-offered')
    }
}
