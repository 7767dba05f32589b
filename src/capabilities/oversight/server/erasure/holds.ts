import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound } from '#platform/problem/problem.ts'
import { type holdReasons, oversight } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as base from '../store.ts'
import * as store from './store.ts'

export const listHolds = handle(oversight.listHolds, policy, {
  run: async ({ read, actor, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listHolds(read, paged), limit)
    const shells = await base.shellsOf(
      read,
      items.map(one => one.case_id),
    )
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(row => ({
        id: row.id,
        reference: shells.get(row.case_id)?.reference ?? '',
        reason: row.reason as (typeof holdReasons)[number],
        until: row.until as string | null,
        byName: row.by_name ?? '',
        at: row.at.toISOString(),
        endedAt: row.ended_at?.toISOString() ?? null,
        endable: row.ended_at === null && row.by_account !== actor.user,
      })),
      ...more,
    }
  },
})

export const placeHold = handle(oversight.placeHold, policy, {
  facts: async ({ read, actor, input: { body } }) => {
    const found = await base.findCase(read, body.reference)
    const theirs = found && (actor.role === 'data-protection-officer' || (await base.answersFor(read, found.case_id)))
    return { found: found && theirs ? { id: found.case_id, slot: found.slot } : undefined }
  },
  caseOf: ({ found }) => found?.id ?? '',
  run: async ({ tx, facts: { found }, input: { body }, note }) => {
    await store.placeHold(tx, body.id, found!.id, body.reason, body.until ?? null)
    note({ basis: body.id, reason: body.reason })
    return { id: body.id }
  },
})

export const endHold = handle(oversight.endHold, policy, {
  run: async ({ tx, input: { params }, note }) => {
    if ((await store.endHold(tx, params.hold)) === 0) throw notFound()
    note({ basis: params.hold })
    return { id: params.hold }
  },
})
