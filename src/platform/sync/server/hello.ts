import { handle } from '../../http/handle.ts'
import { daysWithoutContact, sync } from '../contract.ts'
import { policy } from '../policy.ts'
import { identify } from './identify.ts'
import { hasRole, makerOf } from './parcel.ts'
import { touch } from './store.ts'
import { cursorOf, marksOf, visibleTo } from './visible.ts'

export const hello = handle(sync.hello, policy, {
  signIn: true,
  run: async context => {
    const { tx, input, others, now } = context
    const device = await identify('sync.hello', context)
    const told = { now: now.toISOString(), days: daysWithoutContact }
    // Whose role is over may read nothing more, so neither may what they carry about.
    if (device.revoked_at || !hasRole(device)) return { state: 'revoked' as const, ...told }
    await touch(tx, device.id)
    const welcome = { state: 'welcome' as const, ...told }
    const { salt, known } = input.body
    if (!salt) return welcome
    const visible = await others.sightOf(makerOf(device), device.id, (read, actor) =>
      visibleTo(others.bindings, read, actor, now),
    )
    const cursor = cursorOf(device.assignment_id, visible)
    return cursor === known ? { ...welcome, cursor } : { ...welcome, cursor, marks: await marksOf(salt, visible) }
  },
})
