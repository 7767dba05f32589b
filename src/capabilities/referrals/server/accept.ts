import { addToTimeline, caseFacts, openFolder } from '#capabilities/cases/server/index.ts'
import type { PlaceKind } from '#capabilities/directory/contract.ts'
import { takePlace } from '#capabilities/directory/server/index.ts'
import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { acceptShare } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import { type Loaded, referralFacts, requireMove } from './facts.ts'
import { holdRound, settleRound } from './rounds/store.ts'
import { sealWords } from './sealed.ts'
import * as store from './store.ts'

/** Accepts a referral. The competent unit thereby opens the case and its clock starts. */
export const accept = handle(referrals.accept, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now }) => {
    requireMove(facts, 'accept')
    const { caseId, kind } = facts.referral
    const folder = await caseFacts(tx, caseId)
    if (body.part && (kind !== 'service' || !body.answer))
      throw new Problem('invalid-input', [{ field: kind === 'service' ? 'answer' : 'part', code: 'required' }])
    await holdRound(tx, params.referral)
    const taken = await placeFor(tx, facts as Loaded, body.place, now)
    requireFresh(
      await store.move(tx, params.referral, version, {
        status: body.part ? 'partly-accepted' : 'accepted',
        place_taken: taken,
        answered_at: now,
        answered_by: actor.user,
        sealed_answer: body.answer
          ? sealWords(key(caseId, folder.row.key_slot, 'STA'), 'sealed_answer', params.referral, body.answer)
          : null,
      }),
    )
    await Promise.all([
      acceptShare(tx, facts.referral.toOrganisation, caseId, params.referral),
      addToTimeline(tx, actor, caseId, 'referral.accepted', { kind, ...(body.part ? { part: true } : {}) }),
    ])
    if (kind === 'service') await settleRound(tx, params.referral)
    if (kind === 'identification' && folder.folder.status === 'new')
      await openFolder(tx, actor, services, folder, folder.row.version, now, params.referral)
    return { id: params.referral, version: version + 1 }
  },
})

/**
 * Takes a place for the person where one was asked for and places are counted: of two who take the last one, one does.
 * @throws Problem invalid-input `place` when none is free
 */
async function placeFor(tx: Tx, { row }: Loaded, chosen: PlaceKind | undefined, now: Date): Promise<string | null> {
  const wanted = chosen ?? (row.place as PlaceKind | null)
  if (wanted === null || row.offer_id === null) return null
  const taken = await takePlace(tx, row.offer_id, wanted, now)
  if (taken === 'none-free') throw new Problem('invalid-input', [{ field: 'place', code: 'no-free-place' }])
  return taken
}
