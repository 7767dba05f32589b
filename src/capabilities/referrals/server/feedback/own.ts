import type { DataKey } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Tx } from '#platform/db/context.ts'
import { type Feedback, saysNothing } from '../../feedback.ts'
import { sealFeedback } from './sealed.ts'
import * as store from './store.ts'

// The person's own side, for the view of their case: what they were helped with and what they say of it.

export { ownHelps } from './store.ts'

/** @returns false where there is no such help of theirs, or nothing was said */
export async function sayOwnFeedback(
  tx: Tx,
  help: string,
  said: Feedback,
  words: string,
  key: DataKey,
): Promise<boolean> {
  if (saysNothing(said, words)) return false
  const sealed = words.trim() === '' ? null : sealFeedback(key, help, words)
  return (await store.sayOwn(tx, help, said, sealed, uuidv7())) === 1
}
/** @returns false where nothing was said of it */
export const takeBackOwnFeedback = async (tx: Tx, help: string): Promise<boolean> =>
  (await store.unsayOwn(tx, help, uuidv7())) === 1
