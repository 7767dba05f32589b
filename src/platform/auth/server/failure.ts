import { idsHash } from '../../audit/record.ts'
import { uuidv7 } from '../../crypto/random.ts'
import type { Tx } from '../../db/context.ts'
import { Problem } from '../../problem/problem.ts'
import { commitInstead, writeEvent } from './store.ts'
import { type Bucket, recordFailure } from './throttle.ts'

/** A try that failed: which operation, about whom if that is known, and what it counts against. */
export interface Failure {
  readonly operation: 'auth.finishSignIn' | 'auth.signInWithPassword' | 'auth.finishStepUp'
  readonly event: 'auth.sign-in-failed' | 'auth.step-up-failed'
  /** The account somebody claimed to be; undefined where there is none. Hashed into the event. */
  readonly claimed: string | undefined
  /** Who is signed in already. */
  readonly actor?: string
  readonly buckets: readonly Bucket[]
}

/**
 * Counts and audits a failed try although its request is undone, and answers the same to all of them.
 * @returns the problem to throw
 */
export async function failed(tx: Tx, failure: Failure, now: Date): Promise<Problem> {
  await commitInstead(tx, async apart => {
    await recordFailure(apart, failure.buckets, now)
    await writeEvent(apart, {
      id: uuidv7(now.getTime()),
      at: now.toISOString(),
      actor: failure.actor ?? null,
      role: 'none',
      organisation: null,
      operation: failure.operation,
      event: failure.event,
      case: null,
      compartments: [],
      purpose: 'self',
      basis: null,
      outcome: 'refused',
      ...(failure.claimed ? { ids: idsHash([failure.claimed]) } : {}),
      request: uuidv7(),
      reason: 'proof',
    })
  })
  return new Problem('sign-in-failed')
}
