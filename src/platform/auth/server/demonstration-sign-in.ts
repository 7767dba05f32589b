import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { demonstration } from '../contract.ts'
import { policy } from '../policy.ts'
import { enter } from './enter.ts'
import { findAccount } from './store.ts'
import { isLoopback } from './throttle.ts'

export const demonstrationSignIn = handle(demonstration.signIn, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, remote, note } = context
    // Not mounted outside the demonstration; asked again, because a mistake here would open everything.
    if (services.config.mode !== 'demonstration' || !isLoopback(remote)) throw notFound()
    const account = await findAccount(tx, input.body.account)
    if (account?.status !== 'active') throw notFound()
    note({ account: account.id })
    return enter(context, account.id, { deviceName: input.body.deviceName }, true)
  },
})
