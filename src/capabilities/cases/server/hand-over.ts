import { uuidv7 } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { holdsRole, putInCharge } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { charge, itemsFor } from '../contract-charge.ts'
import { policy } from '../policy.ts'
import { addToTimeline } from './folder.ts'
import * as store from './store.ts'

/**
 * Somebody leaves: every case they coordinate goes to another coordinator, but those that are closed to that colleague, which stay
 * and are counted. Of none was anything gone through, and who comes next is told so in each.
 */
export const handOver = handle(charge.handOver, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ tx, actor, input: { params, body }, now, note }) => {
    const known = body.to !== params.account && (await holdsRole(tx, body.to, actor.organisation, ['coordinator']))
    if (!known) throw new Problem('invalid-input', [{ field: 'to', code: 'not-offered' }])
    const whole = await store.caseloadOf(tx, params.account)
    const ids = whole.map(one => one.id)
    const closed = await store.listClosedTo(tx, ids, body.to)
    const folders = whole.filter(one => !closed.has(one.id))
    for (const { id, version, child } of folders) {
      requireFresh(await store.changeFolder(tx, id, version, { coordinator: body.to }))
      const handOver = itemsFor(child).map(item => ({ item, state: 'not-yet' }))
      await store.assign(tx, id, body.to, { by: actor.user, from: params.account, handOver }, uuidv7(), now)
      await addToTimeline(tx, actor, id, 'case.handed-over', { from: params.account, to: body.to })
      await putInCharge(tx, body.to, id)
    }
    note({ count: folders.length, ids: folders.map(one => one.id) })
    return { moved: folders.length, left: closed.size }
  },
})
