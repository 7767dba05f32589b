import type { Read } from '../../db/context.ts'
import { handle } from '../../http/handle.ts'
import { mayWait } from '../../http/others.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { sync } from '../contract.ts'
import { policy } from '../policy.ts'
import { codesOf, deedOf, hasRole, openParcel } from './parcel.ts'
import * as store from './store.ts'

// What a revoked phone sent waits for a second person, who sees who, when and which operation: never what stands in it.

type Facts = { maker: string; organisation: string; device: store.Known }
async function factsOf({
  read,
  input,
}: {
  read: Read
  input: { params: { device: string; parcel: string } }
}): Promise<Facts> {
  const device = await store.findDevice(read, input.params.device)
  if (!device) throw notFound()
  await store.getQuarantined(read, device.id, input.params.parcel)
  return { maker: device.account_id, organisation: device.organisation_id, device }
}

export const listQuarantine = handle(sync.listQuarantine, policy, {
  run: async ({ read, actor, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.listQuarantined(read, actor.user, query.after, limit + 1)
    const items = rows.slice(0, limit).map(row => ({
      id: row.id,
      device: row.device_id,
      maker: { id: row.account_id, name: row.name ?? '' },
      operation: row.operation,
      code: row.code ?? '',
      receivedAt: row.received_at.toISOString(),
    }))
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})

/** Done as its maker, in the role that they hold now. Refused, it goes on waiting, with the reason. */
export const release = handle(sync.release, policy, {
  facts: factsOf,
  run: async ({ tx, actor, facts, input: { params }, services, others, note }) => {
    const { device } = facts as Facts
    const { parcel: id } = params
    const { sealed } = await store.getQuarantined(tx, device.id, id)
    const content = await openParcel(services.keys, device, id, sealed!)
    if (typeof content === 'string' || !mayWait(others.bindings.get(content.operation)?.operation))
      throw new Problem('not-now')
    // Nobody acts in a role that is over: it waits until the role is given again.
    if (!hasRole(device)) throw new Problem('not-now', [{ field: 'parcel', code: 'no-role' }])
    const problem = await others.perform(deedOf(content, device))
    const codes = problem ? codesOf(problem) : { code: undefined, fields: [] }
    const state = problem ? ('quarantined' as const) : ('done' as const)
    await store.settle(tx, device.id, id, actor.user, { state, ...codes })
    note({ device: device.id, ids: [id], reason: codes.code ?? state })
    return { id, state, ...(problem ? codes : {}) }
  },
})

export const discard = handle(sync.discard, policy, {
  facts: factsOf,
  run: async ({ tx, actor, facts, input: { params }, note }) => {
    const { device } = facts as Facts
    const id = params.parcel
    const gone = await store.settle(tx, device.id, id, actor.user, { state: 'discarded', code: undefined, fields: [] })
    if (gone === 0) throw new Problem('already-answered')
    note({ device: device.id, ids: [id] })
    return { id, state: 'discarded' as const }
  },
})
