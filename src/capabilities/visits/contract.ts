import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id, text, version } from '#platform/contract/shapes.ts'

/** What is answered when it is asked whether somebody looks at the phone. */
export const watchedAnswers = ['no', 'unsure', 'yes'] as const
/** How long a code can be used: here and now, until the evening, some days. */
export const lasting = ['half-hour', 'half-day', 'week'] as const
export type Lasting = (typeof lasting)[number]
/** What may be chosen: a card that lies around for days is only for whom nobody watches. */
export const mayLast = (watched: (typeof watchedAnswers)[number], lasts: Lasting): boolean =>
  watched === 'no' || lasts !== 'week'

export const codeStates = ['live', 'used', 'over', 'revoked'] as const
export const safeAnswers = ['yes', 'unsure', 'no'] as const

/** The newest code of a case; its digits are known to nobody but who holds the card. */
const Code = z.object({
  id: id(),
  state: z.enum(codeStates),
  watched: z.enum(watchedAnswers),
  lasts: z.enum(lasting),
  madeAt: z.string(),
  madeBy: z.string(),
  until: z.string(),
  usedAt: z.nullable(z.string()),
})
const Question = z.object({
  id: id(),
  text: z.string(),
  askedAt: z.string(),
  answer: z.nullable(z.string()),
  answeredBy: z.nullable(z.string()),
  answeredAt: z.nullable(z.string()),
  /** When the person was shown the answer. */
  readAt: z.nullable(z.string()),
  version: version(),
})
export type Question = z.infer<typeof Question>
const SafetyCheck = z.object({
  id: id(),
  safe: z.nullable(z.enum(safeAnswers)),
  contact: z.boolean(),
  at: z.string(),
  seenAt: z.nullable(z.string()),
})
export type SafetyCheck = z.infer<typeof SafetyCheck>

const ofCase = z.object({ case: id() })
const purpose = ['identification', 'assistance'] as const

/** What staff do for the person's own view of their case. What the person does is no operation of the staff's origin. */
export const visits = {
  ofCase: query({
    id: 'visits.ofCase',
    path: '/cases/{case}/own-view',
    params: ofCase,
    reply: z.object({
      code: z.nullable(Code),
      /** Only for the coordinator in charge. */
      questions: z.optional(z.array(Question)),
      checks: z.array(SafetyCheck),
      /** Where the person types the digits, by language; to be told, never printed with them. */
      addresses: z.record(z.string(), z.string()),
    }),
    access: 'visit.of-case',
    audit: 'visit.looked-up',
    purpose,
  }),
  /**
   * Makes the one live code of a case; what was before it ends. Its digits are answered once and kept nowhere, so the same
   * command twice makes two, of which the later counts.
   */
  makeCode: command({
    id: 'visits.makeCode',
    path: '/cases/{case}/own-view/codes',
    params: ofCase,
    body: z.strictObject({ watched: z.enum(watchedAnswers), lasts: z.enum(lasting) }),
    reply: z.object({ id: id(), digits: z.string(), until: z.string() }),
    access: 'visit.make-code',
    audit: 'visit.code-made',
    leaves: 'paper',
    purpose,
    idempotent: false,
  }),
  /** Ends a code, and the visit that it opened. */
  revokeCode: command({
    id: 'visits.revokeCode',
    path: '/cases/{case}/own-view/codes/{code}/revocation',
    params: z.object({ case: id(), code: id() }),
    body: null,
    reply: null,
    access: 'visit.revoke-code',
    audit: 'visit.code-revoked',
    purpose,
  }),
  answerQuestion: command({
    id: 'visits.answerQuestion',
    path: '/cases/{case}/own-view/questions/{question}/answer',
    params: z.object({ case: id(), question: id() }),
    body: z.strictObject({ text: text(2000) }),
    ifMatch: true,
    reply: changed,
    access: 'visit.answer-question',
    audit: 'visit.question-answered',
    purpose,
  }),
  /** Somebody has read whether the person is safe, and does something about it. */
  noteCheck: command({
    id: 'visits.noteCheck',
    path: '/cases/{case}/own-view/checks/{check}/noted',
    params: z.object({ case: id(), check: id() }),
    body: null,
    reply: null,
    access: 'visit.note-check',
    audit: 'visit.check-noted',
    purpose,
  }),
}
