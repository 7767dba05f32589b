import * as z from 'zod/mini'
import { Case, urgencies } from '#capabilities/cases/contract.ts'
import { placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, choices, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'
import { compartments } from '#platform/policy/compartments.ts'
import { endReasons, outcomes } from './outcomes.ts'

export {
  type Feedback,
  type FeedbackQuestion,
  feedbackAnswers,
  feedbackPictures,
  feedbackQuestions,
  mostFeedbackWords,
  noFeedback,
  saysNothing,
} from './feedback.ts'

export const referralStatuses = [
  'sent',
  'acknowledged',
  'accepted',
  'partly-accepted',
  'in-service',
  'done',
  'ended',
  'declined',
  'revoked',
  'expired',
] as const
export type ReferralStatus = (typeof referralStatuses)[number]
export const referralKinds = ['identification', 'service'] as const
export const declineReasons = [
  'no-place',
  'not-our-service',
  'not-eligible',
  'language',
  'safety',
  'outside-area',
  'other',
] as const

export const ReferralRow = z.object({
  id: id(),
  case: id(),
  reference: z.string(),
  kind: z.enum(referralKinds),
  service: z.nullable(z.enum(serviceKinds)),
  urgency: z.enum(urgencies),
  status: z.enum(referralStatuses),
  /** For whom a place is asked for. */
  place: z.nullable(z.enum(placeKinds)),
  from: z.object({ organisation: id(), name: z.string() }),
  to: z.object({ organisation: id(), name: z.string() }),
  shared: z.array(z.enum(compartments)),
  sentAt: z.string(),
  warnAt: z.string(),
  dueAt: z.string(),
  answeredAt: z.nullable(z.string()),
  version: version(),
})
export type ReferralRow = z.infer<typeof ReferralRow>

/** A referral as this reader may see it; the recipient sees of the person what consent and the sender shared. */
export const Referral = z.object({
  ...ReferralRow.shape,
  fromPerson: z.string(),
  acknowledgedAt: z.nullable(z.string()),
  message: z.optional(z.string()),
  declineReason: z.nullable(z.enum(declineReasons)),
  /** The service of the directory that was asked for, where one was named. */
  offer: z.nullable(id()),
  /** The kind of place that was taken for the person. */
  placeTaken: z.nullable(z.enum(placeKinds)),
  /** When the question is over; null: it waits for its answer. */
  expiresAt: z.nullable(z.string()),
  beganAt: z.nullable(z.string()),
  finishedAt: z.nullable(z.string()),
  outcome: z.nullable(z.enum(outcomes)),
  endReason: z.nullable(z.enum(endReasons)),
  answer: z.optional(z.string()),
  identity: z.optional(z.record(z.string(), z.unknown())),
  consent: id(),
  /**
   * What the reader may do next: moves of the referral, `withdrawConsent` for whoever accepted it, `readWhere` and `sayWhere` for who
   * may ask, or say, where to bring the person.
   */
  moves: z.array(z.string()),
})
export type Referral = z.infer<typeof Referral>

const one = z.object({ referral: id() })
const purpose = ['identification', 'assistance'] as const

export const referrals = {
  send: command({
    id: 'referrals.send',
    path: '/referrals',
    body: z.strictObject({
      id: newId(),
      case: id(),
      kind: z.enum(referralKinds),
      service: z.optional(z.enum(serviceKinds)),
      /** One service of the directory, of that organisation and kind. */
      offer: z.optional(id()),
      place: z.optional(z.enum(placeKinds)),
      to: id(),
      urgency: z.enum(urgencies),
      consent: id(),
      share: choices(compartments, 1),
      message: z.optional(text(2000)),
    }),
    reply: changed,
    access: 'referral.send',
    audit: 'referral.sent',
    purpose,
    offline: true,
  }),
  list: query({
    id: 'referrals.list',
    path: '/referrals',
    query: z.object({
      ...paging,
      box: z.enum(['inbox', 'sent']),
      status: z.optional(z.enum(referralStatuses)),
      urgency: z.optional(z.enum(urgencies)),
      overdue: z.optional(z.literal('yes')),
      search: z.optional(line(40)),
    }),
    reply: page(ReferralRow),
    access: 'referral.list',
    audit: 'referral.listed',
    purpose,
  }),
  read: query({
    id: 'referrals.read',
    path: '/referrals/{referral}',
    params: one,
    reply: Referral,
    access: 'referral.read',
    audit: 'referral.read',
    purpose,
  }),
  /** One case with its history and its referrals, in one request. */
  caseFile: query({
    id: 'referrals.caseFile',
    path: '/cases/{case}/file',
    params: z.object({ case: id() }),
    reply: z.object({ case: Case, referrals: z.array(ReferralRow) }),
    access: 'referral.case-file',
    audit: 'case.read',
    purpose,
  }),
  /**
   * Which organisation received what of a case on a consent, and when its people read of it: to tell the person, as a
   * sheet in a language of theirs. What left cannot be called back.
   */
  received: query({
    id: 'referrals.received',
    path: '/cases/{case}/received',
    params: z.object({ case: id() }),
    query: z.object({ language: z.enum(['en', 'es']) }),
    reply: z.object({
      language: z.string(),
      title: z.string(),
      lead: z.string(),
      items: z.array(
        z.object({
          id: id(),
          organisation: z.string(),
          shared: z.array(z.enum(compartments)),
          /** Whether it may still see what was shared with it. */
          stands: z.boolean(),
          what: z.string(),
          sent: z.string(),
          read: z.string(),
          standing: z.string(),
        }),
      ),
      notes: z.array(z.string()),
    }),
    access: 'referral.received',
    audit: 'referral.received-listed',
    leaves: 'paper',
    purpose,
  }),
  acknowledge: command({
    id: 'referrals.acknowledge',
    path: '/referrals/{referral}/acknowledge',
    params: one,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'referral.acknowledge',
    audit: 'referral.acknowledged',
    purpose,
    evenMerged: true,
  }),
  accept: command({
    id: 'referrals.accept',
    path: '/referrals/{referral}/accept',
    params: one,
    body: z.strictObject({
      answer: z.optional(text(2000)),
      /** They take on a part of what was asked; the answer says which. */
      part: z.optional(z.boolean()),
      /** The place that is taken for the person, where places are counted. */
      place: z.optional(z.enum(placeKinds)),
    }),
    ifMatch: true,
    reply: changed,
    access: 'referral.accept',
    audit: 'referral.accepted',
    purpose,
    evenMerged: true,
  }),
  decline: command({
    id: 'referrals.decline',
    path: '/referrals/{referral}/decline',
    params: one,
    body: z.strictObject({ reason: z.enum(declineReasons), answer: z.optional(text(2000)) }),
    ifMatch: true,
    reply: changed,
    access: 'referral.decline',
    audit: 'referral.declined',
    purpose,
    evenMerged: true,
  }),
  revoke: command({
    id: 'referrals.revoke',
    path: '/referrals/{referral}/revoke',
    params: one,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'referral.revoke',
    audit: 'referral.revoked',
    purpose,
    evenMerged: true,
  }),
  begin: command({
    id: 'referrals.begin',
    path: '/referrals/{referral}/begin',
    params: one,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'referral.begin',
    audit: 'referral.begun',
    purpose,
    evenMerged: true,
  }),
  /** The help that was asked for was given; what was shared closes. */
  finish: command({
    id: 'referrals.finish',
    path: '/referrals/{referral}/finish',
    params: one,
    body: z.strictObject({ outcome: z.enum(outcomes) }),
    ifMatch: true,
    reply: changed,
    access: 'referral.finish',
    audit: 'referral.done',
    purpose,
    evenMerged: true,
  }),
  /** It ends before it is done, by who gives it or who asked; what was shared closes. */
  end: command({
    id: 'referrals.end',
    path: '/referrals/{referral}/end',
    params: one,
    body: z.strictObject({ reason: z.enum(endReasons) }),
    ifMatch: true,
    reply: changed,
    access: 'referral.end',
    audit: 'referral.ended',
    purpose,
    evenMerged: true,
  }),
}
