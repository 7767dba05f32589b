import type { ServerResponse } from 'node:http'
import { hashToken } from '../crypto/hash.ts'
import { openText, Tx } from '../db/context.ts'
import { Problem } from '../problem/problem.ts'
import { fenceFor } from './fence.ts'
import type { Journey } from './request.ts'
import { findSession, isSameActor, type Session, tokenOf } from './session.ts'

/** How often an answer that is on its way is asked about (ms): what is withdrawn stops within a second. */
const often = 500

/**
 * Whether an answer that is still leaving may go on: the session stands for the same person in the same role, and what it was
 * decided by still allows it. Withdrawal, a role that ends or a case that is closed to somebody cuts what they are saving.
 * @param judged decides once more; throws where it would refuse now
 * @returns to be waited for before each piece; throws once it may not go on
 */
export function stillStands(journey: Journey, judged: (tx: Tx) => Promise<void>): () => Promise<void> {
  const { c, services, binding } = journey
  const session: Session | undefined = journey.session
  const token = tokenOf(c)
  let asked = Date.now()
  const look = async (): Promise<void> => {
    const { idleMinutes } = services.config.session
    const client = await services.pool.connect()
    let broken: Error | undefined
    try {
      const found = await findSession(client, hashToken(token!), idleMinutes, services.config.mode)
      if (!found || !isSameActor(session!, found)) throw new Problem('not-signed-in')
      await client.query(openText(fenceFor(binding.handler, session), false))
      await judged(new Tx(client))
    } finally {
      await client.query('rollback').catch(lost => {
        broken = lost as Error
      })
      client.release(broken)
    }
  }
  return async () => {
    if (!session || !token || Date.now() - asked < often) return
    try {
      await look()
    } catch (error) {
      services.config.log({ event: 'cut-short', operation: binding.operation.id, request: journey.request })
      // The connection is closed at once: nothing is said at its end that could be taken for a whole answer.
      const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse }
      if (!outgoing) throw error
      outgoing.destroy()
      throw Object.assign(new Error('cut short'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
    }
    asked = Date.now()
  }
}
