import { handle } from '../../http/handle.ts'
import { daysWithoutContact, sync } from '../contract.ts'
import { policy } from '../policy.ts'
import { identify } from './identify.ts'
import { hasRole } from './parcel.ts'
import { touch } from './store.ts'

export const hello = handle(sync.hello, policy, {
  signIn: true,
  run: async context => {
    const device = await identify('sync.hello', context)
    // Whose role is over may read nothing more, so neither may what they carry about.
    const welcome = !device.revoked_at && hasRole(device)
    if (welcome) await touch(context.tx, device.id)
    return {
      state: welcome ? ('welcome' as const) : ('revoked' as const),
      now: context.now.toISOString(),
      days: daysWithoutContact,
    }
  },
})
