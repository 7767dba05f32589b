import type { Tx } from '../../db/context.ts'
import { handle } from '../../http/handle.ts'
import type { Services } from '../../http/services.ts'
import type { Session } from '../../http/session.ts'
import { Problem } from '../../problem/problem.ts'
import { type Assertion, auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { failed } from './failure.ts'
import { provePasskey, provePassword, sessionOf } from './proof.ts'
import { aloneIn, clearFailures, findPassword, proveSession, takeChallenge } from './store.ts'
import { checkWait, sessionBucket } from './throttle.ts'

export const finishStepUp = handle(auth.finishStepUp, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now } = context
    const session = sessionOf(context)
    const bucket = sessionBucket(services.keys.platformKey('throttle'), session.id)
    await checkWait(tx, [bucket], now)
    if (!(await aloneIn(tx, bucket.key))) throw new Problem('slow-down')
    if (!(await proven(tx, services, session, input.body, now))) {
      const failure = { operation: 'auth.finishStepUp', event: 'auth.step-up-failed', buckets: [bucket] } as const
      throw await failed(tx, { ...failure, claimed: session.account, actor: session.account }, now)
    }
    await clearFailures(tx, bucket.key)
    await proveSession(tx, session.id, session.account, now)
    return { provenAt: now.toISOString() }
  },
})

interface Given {
  challenge?: string | undefined
  passkey?: Assertion | undefined
  password?: string | undefined
  code?: string | undefined
}

/** By the same ways as sign-in. An invented person of the demonstration has none and is believed. */
async function proven(
  tx: Tx,
  { config, keys }: Services,
  { account, demonstration }: Session,
  { challenge: id, passkey, password, code }: Given,
  now: Date,
): Promise<boolean> {
  if (passkey) {
    const challenge = id ? await takeChallenge(tx, id, 'step-up', account) : undefined
    return challenge !== undefined && (await provePasskey(tx, config, challenge.challenge, passkey)) === account
  }
  if (password !== undefined && code !== undefined) {
    const kept = await findPassword(tx, account)
    return provePassword(tx, keys, { id: account, kept }, { password, code }, now, Math.max(2, config.poolSize >> 1))
  }
  if (demonstration && config.mode === 'demonstration') return true
  throw new Problem('invalid-input', [{ field: password === undefined ? 'password' : 'code', code: 'required' }])
}
