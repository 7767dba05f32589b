import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { enter } from './enter.ts'
import { failed } from './failure.ts'
import { provePasskey } from './proof.ts'
import { takeChallenge } from './store.ts'
import { checkWait, placeBucket } from './throttle.ts'

// A passkey cannot be guessed, so a good one is never made to wait for what others did from the same place; only
// failures are counted and, beyond the free ones, no longer written.
export const finishSignIn = handle(auth.finishSignIn, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now, note, remote } = context
    const challenge = await takeChallenge(tx, input.body.challenge, 'sign-in', null)
    const account = challenge && (await provePasskey(tx, services.config, challenge.challenge, input.body.passkey))
    if (account) {
      note({ account })
      return enter(context, account, input.body)
    }
    const buckets = [placeBucket(services.keys.platformKey('throttle'), remote)]
    await checkWait(tx, buckets, now)
    const failure = {
      operation: 'auth.finishSignIn',
      event: 'auth.sign-in-failed',
      claimed: undefined,
      buckets,
    } as const
    throw await failed(tx, failure, now)
  },
})
