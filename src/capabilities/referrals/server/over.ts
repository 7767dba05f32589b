import { addToTimeline } from '#capabilities/cases/server/index.ts'
import type { PlaceKind } from '#capabilities/directory/contract.ts'
import { givePlaceBack } from '#capabilities/directory/server/index.ts'
import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { unshare } from '#platform/policy/access.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Loaded } from './facts.ts'
import * as store from './store.ts'

/**
 * A service is over: what was shared for it closes, and whoever gave it has its place again. Where who asked ends it, the
 * house itself says when its place is free: somebody may still sleep there.
 */
export async function closeService(
  tx: Tx,
  actor: Actor,
  { referral, row }: Loaded,
  version: number,
  change: { status: 'done'; outcome: string } | { status: 'ended'; end_reason: string },
  now: Date,
): Promise<{ id: string; version: number }> {
  const { id, caseId, toOrganisation } = referral
  const theirs = actor.organisation === toOrganisation && row.offer_id !== null && row.place_taken !== null
  if (theirs) await givePlaceBack(tx, row.offer_id!, row.place_taken as PlaceKind, now)
  requireFresh(
    await store.move(tx, id, version, { ...change, finished_at: now, ...(theirs ? { place_taken: null } : {}) }),
  )
  const why: Record<string, string> = 'outcome' in change ? { outcome: change.outcome } : { reason: change.end_reason }
  await addToTimeline(tx, actor, caseId, `referral.${change.status}`, why)
  await unshare(tx, toOrganisation, caseId, id)
  return { id, version: version + 1 }
}
