import { uuidv7 } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { holdsRole, putInCharge } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { charge, type HandOverState, itemsFor } from '../contract-charge.ts'
import { inCharge, policy } from '../policy.ts'
import { addToTimeline, caseFacts, requireMove } from './folder.ts'
import * as store from './store.ts'

type Gone = { readonly item: string; readonly state: HandOverState }

/** Every item once, those that nobody spoke of as not gone through. @throws Problem invalid-input where their own is not done */
function goneThrough(child: boolean, said: readonly Gone[], own: boolean): Gone[] {
  const wanted = itemsFor(child)
  const strange = said.findIndex(
    ({ item }, at) => !wanted.some(one => one === item) || said.findIndex(one => one.item === item) !== at,
  )
  if (strange >= 0) throw new Problem('invalid-input', [{ field: `handOver.${strange}.item`, code: 'not-offered' }])
  const gone = wanted.map(item => ({ item, state: said.find(one => one.item === item)?.state ?? 'not-yet' }))
  const missing = own ? gone.flatMap(({ state }, at) => (state === 'not-yet' ? [at] : [])) : []
  if (missing.length > 0)
    throw new Problem(
      'invalid-input',
      missing.map(at => ({ field: `handOver.${at}`, code: 'required' })),
    )
  return gone
}

export const assign = handle(charge.assign, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, facts, input: { params, body, version }, now }) => {
    requireMove(facts, 'assign')
    const { row } = facts as Awaited<ReturnType<typeof caseFacts>>
    const { coordinator, child } = row
    if (!(await holdsRole(tx, body.coordinator, actor.organisation, ['coordinator'])))
      throw new Problem('invalid-input', [{ field: 'coordinator', code: 'not-offered' }])
    const handOver = coordinator === null ? null : goneThrough(child, body.handOver ?? [], inCharge(actor, facts))
    requireFresh(await store.changeFolder(tx, params.case, version, { coordinator: body.coordinator }))
    await store.assign(
      tx,
      params.case,
      body.coordinator,
      { by: actor.user, from: coordinator, handOver },
      uuidv7(),
      now,
    )
    await addToTimeline(tx, actor, params.case, 'case.assigned', { to: body.coordinator })
    // Last: a coordinator who gives a case away no longer sees it.
    await putInCharge(tx, body.coordinator, params.case)
    return { id: params.case, version: version + 1 }
  },
})

export const lastHandOver = handle(charge.lastHandOver, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, input: { params } }) => {
    const last = await store.lastAssignment(read, params.case)
    if (!last?.hand_over) return { last: null }
    return {
      last: { fromName: last.name ?? '', at: last.from_at.toISOString(), items: last.hand_over as never },
    }
  },
})
