import type pg from 'pg'
import { hashToken } from '../crypto/hash.ts'
import { Problem } from '../problem/problem.ts'
import type { Journey } from './request.ts'
import { findSession, guessSession, isSameActor, type Session, tokenOf } from './session.ts'

/** Who asks turned out to be somebody else than a moment ago: nothing was done yet, and the request begins again. */
export class Changed extends Error {}

/**
 * Does the work as whoever asks. Who that was at the last request is asked again in the same write as the first
 * statements, and `sure` fails unless it is so still: one way there and back less, and never an answer on a memory.
 */
export async function asSomebody<T>(
  journey: Journey,
  client: pg.ClientBase,
  work: (sure?: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const { c, binding, services } = journey
  const admit = (session: Session | undefined): Session => {
    if (!session) throw new Problem('not-signed-in')
    if (!session.actor && binding.operation.access !== 'signed-in') throw new Problem('not-found')
    return session
  }
  const token = tokenOf(c)
  if (!token) throw new Problem('not-signed-in')
  const hash = hashToken(token)
  const guess = guessSession(hash)
  const asked = findSession(client, hash, services.config.session.idleMinutes, services.config.mode)
  // Whoever waits for it says what went wrong; until then it is no failure that nobody saw.
  asked.catch(() => {})
  if (guess && (guess.actor || binding.operation.access === 'signed-in')) {
    journey.session = guess
    try {
      return await work(async () => {
        journey.session = undefined
        journey.session = admit(await asked)
        if (!isSameActor(guess, journey.session)) throw new Changed()
      })
    } catch (error) {
      if (!(error instanceof Changed)) throw error
      await client.query('rollback')
      return work()
    }
  }
  journey.session = admit(await asked)
  return work()
}
