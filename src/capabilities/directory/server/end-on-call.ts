import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

/** Ends a duty now; one that has not begun goes from the roster altogether. */
export const endOnCall = handle(directory.endOnCall, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, input: { params }, services }) => {
    await store.lockRoster(tx, params.organisation)
    // The time is asked for after the wait: who came first to the server may come second to the roster.
    const now = services.now()
    const duty = await store.takeOnCall(tx, params.organisation, params.duty, now)
    if (!duty) throw notFound()
    if (duty.starts_at < now) await store.insertOnCall(tx, { ...duty, ends_at: now })
    return undefined
  },
})
