import { todayIn } from '#platform/clocks/today.ts'
import type { Read } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import { justice, type Lead } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { type ProceedingState, statesAfter } from '../../proceedings.ts'
import * as store from '../store.ts'
import { leadFacts } from './lead.ts'

/** The criminal track of a lead, as far as it came, and what its reader may write down next. */
export async function proceedingsOf(read: Read, actor: Actor, row: store.LeadRow): Promise<Lead['proceedings']> {
  const steps = await store.listSteps(read, row.id)
  const state = (steps.at(-1)?.state ?? 'not-begun') as ProceedingState
  return {
    state,
    after: row.status === 'closed' ? [] : [...statesAfter(state, actor.role)],
    steps: steps.map(one => ({
      state: one.state as ProceedingState,
      on: one.on_day,
      by: one.name ?? '',
      at: one.at.toISOString(),
    })),
    version: steps.length + 1,
  }
}

export const moveProceedings = handle(justice.moveProceedings, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, services, now, input: { body, version }, note }) => {
    const { row } = facts as Awaited<ReturnType<typeof leadFacts>>
    note({ basis: row.id, case: undefined, reason: body.to })
    const { steps, after, version: standing } = await proceedingsOf(tx, actor, row)
    if (version !== standing) throw new Problem('version-stale')
    if (!after.includes(body.to)) throw new Problem('not-now')
    if (body.on > todayIn(services, actor.country, now))
      throw new Problem('invalid-input', [{ field: 'on', code: 'future' }])
    // A verdict is not before the charge.
    const last = steps.at(-1)
    if (last && body.on < last.on) throw new Problem('invalid-input', [{ field: 'on', code: 'too-old' }])
    requireFresh(
      await store.insertStep(tx, {
        lead_id: row.id,
        organisation_id: row.organisation_id,
        step: standing,
        state: body.to,
        on_day: body.on,
        by_account: actor.user,
      }),
    )
    return { id: row.id, version: standing + 1 }
  },
})
