import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireFresh, requireMove } from './folder.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

/**
 * A positive decision needs each element alleged: act and purpose, and for an adult at least one means
 * (Palermo Protocol, article 3; for a child means are not needed). A negative one waits for a second person.
 */
export const decide = handle(cases.decide, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, key, input: { params, body, version }, now }) => {
    requireMove(facts, 'decide')
    const { key_slot, child } = await store.getFolder(tx, params.case)
    const positive = body.outcome === 'positive'
    if (positive) requireElements(body, child)
    requireFresh(
      await store.changeFolder(tx, params.case, version, {
        identification: positive ? 'reasonable-grounds' : 'proposed-negative',
        ...(positive ? { due_at: null } : {}),
      }),
    )
    await store.insertDecision(tx, {
      id: body.id,
      case_id: params.case,
      kind: 'reasonable-grounds',
      outcome: body.outcome,
      elements: [...body.acts, ...body.means, ...body.exploitations],
      sealed_reasons: sealAt(key(params.case, key_slot, 'STA'), 'reasons', body.id, body.reasons),
      state: positive ? 'confirmed' : 'proposed',
      by_account: actor.user,
    })
    if (positive) await store.stopClocks(tx, params.case, 'reasonable-grounds', now)
    await addToTimeline(tx, actor, params.case, 'case.reasonable-grounds-decided', { outcome: body.outcome })
    return { id: params.case, version: version + 1 }
  },
})

interface Elements {
  readonly acts: readonly string[]
  readonly means: readonly string[]
  readonly exploitations: readonly string[]
}
function requireElements({ acts, means, exploitations }: Elements, child: boolean): void {
  const missing = [
    ...(acts.length === 0 ? [{ field: 'acts', code: 'required' }] : []),
    ...(means.length === 0 && !child ? [{ field: 'means', code: 'child-means' }] : []),
    ...(exploitations.length === 0 ? [{ field: 'exploitations', code: 'required' }] : []),
  ]
  if (missing.length > 0) throw new Problem('invalid-input', missing)
}
