import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, text } from '#platform/contract/shapes.ts'
import { feedbackAnswers, mostFeedbackWords } from './feedback.ts'

// What the person says of a help, as who works for them writes it down and reads it. Apart from the rest, so that a phone loads it with
// its page alone.

const answer = z.nullable(z.enum(feedbackAnswers))
const answers = { respect: answer, explained: answer, agreed: answer, safe: answer, again: answer }
const one = z.object({ referral: id() })
const purpose = ['identification', 'assistance'] as const

export const feedback = {
  read: query({
    id: 'referrals.feedback',
    path: '/referrals/{referral}/feedback',
    params: one,
    reply: z.object({
      /** The help has begun or is over, so that something can be said of it. */
      open: z.boolean(),
      said: z.nullable(
        z.object({
          at: z.string(),
          /** To whom it was said; null: the person wrote it themselves. */
          toldTo: z.nullable(z.string()),
          /** For who works the case alone. */
          answers: z.optional(z.object(answers)),
          words: z.optional(z.string()),
        }),
      ),
      moves: z.array(z.enum(['tell', 'take-back'])),
    }),
    access: 'referral.feedback',
    audit: 'referral.feedback-read',
    purpose,
  }),
  /** Writes down what the person said; what was written down before is replaced. What they wrote themselves is not. */
  tell: command({
    id: 'referrals.tellFeedback',
    method: 'PUT',
    path: '/referrals/{referral}/feedback',
    params: one,
    body: z.strictObject({ ...answers, words: z.optional(text(mostFeedbackWords)) }),
    reply: null,
    access: 'referral.tell-feedback',
    audit: 'referral.feedback-told',
    purpose,
    evenMerged: true,
  }),
  takeBack: command({
    id: 'referrals.takeBackFeedback',
    path: '/referrals/{referral}/feedback/taken-back',
    params: one,
    body: null,
    reply: null,
    access: 'referral.take-back-feedback',
    audit: 'referral.feedback-taken-back',
    purpose,
    evenMerged: true,
  }),
}
