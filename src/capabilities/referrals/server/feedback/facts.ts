import type { Read } from '#platform/db/context.ts'
import type { FeedbackFacts } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import * as store from './store.ts'

/** @throws Problem not-found */
export async function feedbackFacts(read: Read, referral: string): Promise<FeedbackFacts & Loaded> {
  const facts = await referralFacts(read, referral)
  return { ...facts, worksThere: await store.worksForAsked(read, referral) }
}
