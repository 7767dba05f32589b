import { handle } from '../../http/handle.ts'
import { Problem } from '../../problem/problem.ts'
import { type mailHours, notify } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

type Every = (typeof mailHours)[number]

export const choice = handle(notify.choice, policy, {
  run: async ({ read, services, session }) => {
    const found = await store.findChoice(read, session!.account)
    return {
      available: services.config.mail !== undefined,
      every: found ? (String(found.every_hours) as Every) : null,
    }
  },
})

export const choose = handle(notify.choose, policy, {
  run: async ({ tx, services, session, input: { body } }) => {
    const available = services.config.mail !== undefined
    if (body.every === null) await store.endChoice(tx, session!.account)
    else if (!available) throw new Problem('not-now')
    else await store.putChoice(tx, session!.account, Number(body.every))
    return { available, every: body.every }
  },
})

export const standing = handle(notify.standing, policy, {
  run: async ({ read, services }) => {
    const { sent_at, ...counts } = await store.getStanding(read)
    return { available: services.config.mail !== undefined, ...counts, sentAt: sent_at?.toISOString() ?? null }
  },
})
