import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { type barReasons, oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const listBars = handle(oversight.listBars, policy, {
  run: async ({ read, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listBars(read, paged), limit)
    const shells = await store.shellsOf(
      read,
      items.map(one => one.case_id),
    )
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(row => ({
        id: row.id,
        reference: shells.get(row.case_id)?.reference ?? '',
        account: row.account_id,
        name: row.name ?? '',
        reason: row.reason as (typeof barReasons)[number],
        byName: row.by_name ?? '',
        at: row.at.toISOString(),
        endedAt: row.ended_at?.toISOString() ?? null,
      })),
      ...more,
    }
  },
})
export const bar = handle(oversight.bar, policy, {
  facts: async ({ read, input: { body } }) => {
    const found = await store.findCase(read, body.reference)
    return {
      found:
        found && (await store.keepsBars(read, found.case_id)) ? { id: found.case_id, slot: found.slot } : undefined,
    }
  },
  caseOf: ({ found }) => found?.id ?? '',
  run: async ({ tx, actor, facts: { found }, input: { body }, note }) => {
    if (body.account === actor.user || !(await store.isHere(tx, body.account)))
      throw new Problem('invalid-input', [{ field: 'account', code: 'not-offered' }])
    await store.bar(tx, body.id, found!.id, body.account, body.reason)
    note({ basis: body.id, reason: body.reason })
    return { id: body.id }
  },
})
export const endBar = handle(oversight.endBar, policy, {
  run: async ({ tx, input: { params }, note }) => {
    if ((await store.endBar(tx, params.bar)) === 0) throw notFound()
    note({ basis: params.bar })
    return { id: params.bar }
  },
})
