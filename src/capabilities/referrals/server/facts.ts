import type { Read } from '#platform/db/context.ts'
import { findAccess } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { mayMove, type ReferralMove } from '../flow.ts'
import type { ReferralFacts } from '../policy.ts'
import * as store from './store.ts'

export type Loaded = ReferralFacts & { row: store.ReferralRecord }

/** The facts a rule about one referral needs. @throws Problem not-found */
export async function referralFacts(read: Read, id: string): Promise<Loaded> {
  const row = await store.get(read, id)
  return store.factsOf(row, await findAccess(read, row.case_id))
}

/** @throws Problem already-answered when the status does not allow the move */
export function requireMove({ referral }: ReferralFacts, move: ReferralMove): void {
  if (!mayMove(referral.status, referral.kind, move)) throw new Problem('already-answered')
}
