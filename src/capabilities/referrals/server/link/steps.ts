import type { DataKey } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { declineReasons, ReferralStatus } from '../../contract.ts'
import { type ToldAnswer, toldAnswers } from '../../contract-link.ts'
import { movesOf, type ReferralMove } from '../../flow.ts'
import type { endReasons, outcomes } from '../../outcomes.ts'
import { sealWords } from '../sealed.ts'
import type { Step } from './store.ts'

/** What is answered, as the move of `flow.ts` that it is and the status that it leads to. */
const answers: Record<ToldAnswer, { readonly move: ReferralMove; readonly next: ReferralStatus }> = {
  acknowledged: { move: 'acknowledge', next: 'acknowledged' },
  accepted: { move: 'accept', next: 'accepted' },
  'partly-accepted': { move: 'accept', next: 'partly-accepted' },
  declined: { move: 'decline', next: 'declined' },
  begun: { move: 'begin', next: 'in-service' },
  done: { move: 'finish', next: 'done' },
  ended: { move: 'end', next: 'ended' },
}
/** What can be answered to a help that is asked for, where it stands. */
export const answersIn = (status: ReferralStatus): ToldAnswer[] =>
  toldAnswers.filter(one => movesOf(status, 'service').includes(answers[one].move))
export const moveOf = (answer: ToldAnswer): ReferralMove => answers[answer].move

export interface Answer {
  readonly answer: ToldAnswer
  readonly declined?: (typeof declineReasons)[number] | undefined
  readonly ended?: (typeof endReasons)[number] | undefined
  readonly outcome?: (typeof outcomes)[number] | undefined
  readonly words?: string | undefined
}
/** The field that an answer needs and does not have: which part, why, or what came of it. */
export function lacks({ answer, declined, ended, outcome, words }: Answer): keyof Answer | undefined {
  if (answer === 'partly-accepted' && !words) return 'words'
  if (answer === 'declined' && !declined) return 'declined'
  if (answer === 'ended' && !ended) return 'ended'
  return answer === 'done' && !outcome ? 'outcome' : undefined
}
const answered: readonly ToldAnswer[] = ['accepted', 'partly-accepted', 'declined']

/** @param key the case's key for STA; the words of an answer are sealed under it */
export function stepOf(
  given: Answer,
  at: { readonly referral: string; readonly version: number; readonly now: Date; readonly key: () => DataKey },
): Step {
  const { answer, words } = given
  const about: Record<string, string | boolean> = { kind: 'service' }
  if (answer === 'partly-accepted') about.part = true
  const reason = answer === 'declined' ? given.declined : answer === 'ended' ? given.ended : undefined
  if (reason) about.reason = reason
  const outcome = answer === 'done' ? given.outcome : undefined
  if (outcome) about.outcome = outcome
  return {
    event: uuidv7(),
    version: at.version,
    next: answers[answer].next,
    at: at.now,
    about,
    answer: words && answered.includes(answer) ? sealWords(at.key(), 'sealed_answer', at.referral, words) : null,
    reason: reason ?? null,
    outcome: outcome ?? null,
  }
}
