import type { Read, Tx } from '../../db/context.ts'
import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { type Device, sync } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

// Which phones somebody has, and the end of one: by its owner, or by an administrator of the country.

async function listed(read: Read, account: string): Promise<Device[]> {
  return (await store.listDevices(read, account)).map(row => ({
    id: row.id,
    label: row.label,
    madeAt: row.made_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }))
}
/** Takes effect at the phone's next request. Ending what has ended changes nothing. @throws Problem not-found */
async function end(tx: Tx, device: string, account: string, by: string): Promise<undefined> {
  if ((await store.revoke(tx, device, account, by)) > 0) return undefined
  const found = await store.findDevice(tx, device)
  if (found?.account_id !== account) throw notFound()
  return undefined
}

export const listDevices = handle(sync.listDevices, policy, {
  run: async ({ read, session }) => ({ items: await listed(read, session!.account) }),
})

export const revoke = handle(sync.revoke, policy, {
  run: ({ tx, session, input: { params }, note }) => {
    note({ device: params.device })
    return end(tx, params.device, session!.account, session!.account)
  },
})

export const listOfAccount = handle(sync.listOfAccount, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: async ({ read, input: { params }, note }) => {
    const items = await listed(read, params.account)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items }
  },
})

export const revokeOf = handle(sync.revokeOf, policy, {
  facts: async ({ input }) => ({ account: input.params.account }),
  run: ({ tx, actor, input: { params }, note }) => {
    note({ device: params.device })
    return end(tx, params.device, params.account, actor.user)
  },
})
