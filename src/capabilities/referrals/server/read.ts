import { openIdentity } from '#capabilities/cases/server/index.ts'
import { policy as consentPolicy } from '#capabilities/consent/policy.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor, Rule } from '#platform/policy/decide.ts'
import { type Referral, referrals } from '../contract.ts'
import { isTakenOn, movesOf } from '../flow.ts'
import { policy, type ReferralFacts } from '../policy.ts'
import { referralFacts } from './facts.ts'
import { openWords } from './sealed.ts'
import * as store from './store.ts'

const permissionOf = {
  acknowledge: 'referral.acknowledge',
  accept: 'referral.accept',
  decline: 'referral.decline',
  revoke: 'referral.revoke',
  begin: 'referral.begin',
  finish: 'referral.finish',
  end: 'referral.end',
} as const

/** A referral as this reader may see it: of the person, what was shared and is still held. */
export const read = handle(referrals.read, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ read, actor, facts, decision, key, input, now }): Promise<Referral> => {
    const row = await store.get(read, input.params.referral)
    const { case_id } = row
    const slot = row.key_slot
    const words = (column: 'sealed_message' | 'sealed_answer') => {
      const sealed = row[column]
      return sealed && slot !== null && decision.permits(case_id, 'STA')
        ? openWords(key(case_id, slot, 'STA'), column, row.id, sealed)
        : undefined
    }
    const message = words('sealed_message')
    const answer = words('sealed_answer')
    const identity =
      slot !== null && decision.permits(case_id, 'ID') ? await openIdentity(read, case_id, slot, key) : undefined
    return {
      ...store.toRow(row),
      fromPerson: row.person ?? '',
      acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
      declineReason: row.decline_reason as Referral['declineReason'],
      ...store.serviceOf(row),
      consent: row.consent_id,
      ...(message === undefined ? {} : { message }),
      ...(answer === undefined ? {} : { answer }),
      ...(identity ? { identity } : {}),
      moves: [
        ...legalMoves(actor, facts),
        ...(mayEndConsent(actor, facts, now) ? ['withdrawConsent'] : []),
        ...aboutWhere(actor, facts),
      ],
    }
  },
  pull: { kind: 'referral', visible: ({ read, actor, limit }) => store.listKept(read, actor.user, limit) },
})

function legalMoves(actor: Actor, facts: ReferralFacts): string[] {
  return movesOf(facts.referral.status, facts.referral.kind).filter(
    move => policy[permissionOf[move]](actor, facts).allow,
  )
}

/** Who accepted it and still has what was shared may write down that the person takes their consent back. */
const mayEndConsent = (actor: Actor, facts: ReferralFacts, now: Date): boolean =>
  isTakenOn(facts.referral.status) &&
  facts.access?.shares.has(facts.referral.id) === true &&
  (consentPolicy['consent.withdraw'] as Rule<{ access: ReferralFacts['access'] }>)(actor, facts, now).allow

/** Where to bring the person may be said, or asked for; whether it was said, nobody is told here. */
function aboutWhere(actor: Actor, facts: ReferralFacts): string[] {
  if (!isTakenOn(facts.referral.status) || !policy['referral.where'](actor, facts).allow) return []
  return policy['referral.say-where'](actor, facts).allow ? ['readWhere', 'sayWhere'] : ['readWhere']
}
