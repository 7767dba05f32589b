import { hashToken } from '../../crypto/hash.ts'
import { handle } from '../../http/handle.ts'
import { Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { enter } from './enter.ts'
import { failed } from './failure.ts'
import { type Kept, provePassword } from './proof.ts'
import { aloneIn, clearFailures, findByEmail, knowsDevice } from './store.ts'
import {
  checkWait,
  deviceBucket,
  isPlace,
  noteHiddenPlaces,
  placeBucket,
  slowDown,
  strangerBucket,
} from './throttle.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

export const signInWithPassword = handle(auth.signInWithPassword, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now, note, remote } = context
    const { keys, config } = services
    const { email, device } = input.body
    const found = await findByEmail(tx, email)
    const hash = device ? hashToken(device) : undefined
    const pepper = keys.platformKey('throttle')
    const known = hash && found && (await knowsDevice(tx, found.id, hash)) ? deviceBucket(pepper, hash) : undefined
    const narrow = known ?? strangerBucket(pepper, remote, email)
    const place = !known && isPlace(remote) ? placeBucket(pepper, remote) : undefined
    noteHiddenPlaces(config, remote)
    await checkWait(tx, [narrow], now)
    // Many tries at once would all be let through before the first of them is counted.
    if (!(await aloneIn(tx, narrow.key))) throw new Problem('slow-down')
    if (place) await slowDown(tx, place, now, Math.max(1, config.poolSize >> 2))
    const kept = found?.status === 'active' && found.hash !== null ? (found as Kept) : undefined
    const account = { id: found?.id ?? nobody, kept }
    if (!(await provePassword(tx, keys, account, input.body, now, Math.max(2, config.poolSize >> 1)))) {
      const buckets = place ? [narrow, place] : [narrow]
      const failure = { operation: 'auth.signInWithPassword', event: 'auth.sign-in-failed', buckets } as const
      throw await failed(tx, { ...failure, claimed: found?.id }, now)
    }
    // The place's own count stays: somebody with one good account must not be able to clear it between guesses.
    await clearFailures(tx, narrow.key)
    note({ account: account.id })
    return enter(context, account.id, input.body)
  },
})
