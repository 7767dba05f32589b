import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, line, text, version } from '#platform/contract/shapes.ts'
import { declineReasons } from './contract.ts'
import { endReasons, outcomes } from './outcomes.ts'

/** `closed`: too many wrong codes; `over`: the referral itself is over. */
export const linkStates = ['live', 'ended', 'closed', 'over'] as const
/** `waiting`: not sent yet; `refused`: the address took none. */
export const mailStates = ['waiting', 'sent', 'refused'] as const
export const paperStates = ['live', 'answered', 'over'] as const
/** To whom the file of a referral on paper is sealed: to nobody where it is printed here. */
export const sealings = ['nobody', 'passphrase', 'key'] as const
export type Sealing = (typeof sealings)[number]
/** What can be told of a referral on paper. */
export const toldAnswers = [
  'acknowledged',
  'accepted',
  'partly-accepted',
  'declined',
  'begun',
  'done',
  'ended',
] as const
export type ToldAnswer = (typeof toldAnswers)[number]

const one = z.object({ referral: id() })
const purpose = ['identification', 'assistance'] as const

/** Answers of an organisation in which nobody has an account: by a link and a code, or on paper and by telephone. */
export const withoutAccount = {
  doors: query({
    id: 'referrals.doors',
    path: '/referrals/{referral}/doors',
    params: one,
    reply: z.object({
      link: z.nullable(
        z.object({
          state: z.enum(linkStates),
          madeAt: z.string(),
          madeBy: z.string(),
          openedAt: z.nullable(z.string()),
          /** Null: no mail was wanted. */
          mail: z.nullable(z.enum(mailStates)),
        }),
      ),
      paper: z.nullable(
        z.object({
          state: z.enum(paperStates),
          madeAt: z.string(),
          madeBy: z.string(),
          sealedTo: z.enum(sealings),
          abroad: z.boolean(),
          answeredAt: z.nullable(z.string()),
        }),
      ),
      /** The help still stands, so that a link or a sheet can be made. */
      stands: z.boolean(),
      /** Somebody there has an account. */
      signsIn: z.boolean(),
      /** The address that the organisation lists, where mail can be sent. */
      mail: z.nullable(z.string()),
      /** What can be told of it from the sheet. */
      answers: z.array(z.enum(toldAnswers)),
      version: version(),
    }),
    access: 'referral.doors',
    audit: { none: 'says nothing of the person: whether a link or a sheet was made of a referral that the asker sent' },
    purpose,
  }),
  /**
   * Makes the one live link of a referral; what was before it ends. Link and code are answered once, so the same
   * command twice makes two, of which the later counts. The code is kept nowhere; the link only for mail, sealed, until it is
   * answered or over.
   */
  makeLink: command({
    id: 'referrals.makeLink',
    path: '/referrals/{referral}/link',
    params: one,
    /** With `mail`, the link, and never the code, goes to the address that the organisation lists, and again with each reminder. */
    body: z.strictObject({ mail: z.boolean() }),
    reply: z.object({
      link: z.string(),
      /** A data: address for an img. */
      qr: z.string(),
      /** To be told on another way than the link. */
      code: z.string(),
    }),
    access: 'referral.make-link',
    audit: 'referral.link-made',
    leaves: 'link',
    purpose,
    idempotent: false,
  }),
  /** Ends the link at once, and the page that is open with it. */
  endLink: command({
    id: 'referrals.endLink',
    path: '/referrals/{referral}/link/end',
    params: one,
    body: z.strictObject({}),
    reply: null,
    access: 'referral.end-link',
    audit: 'referral.link-ended',
    purpose,
    evenMerged: true,
  }),
  /**
   * Sets a referral on paper, with a return code on it. The file is answered once and kept nowhere. Out of the country it
   * goes only where the person agreed to that.
   */
  makePaper: command({
    id: 'referrals.makePaper',
    path: '/referrals/{referral}/paper',
    params: one,
    body: z.strictObject({
      language: z.enum(['en', 'es']),
      sealTo: z.enum(sealings),
      /** An age recipient, `age1…`, for `key`. */
      recipient: z.optional(line(200)),
      abroad: z.boolean(),
    }),
    reply: z.object({
      name: z.string(),
      /** base64: a PDF, or an age file of it. */
      file: z.string(),
      /** Told once, on another way than the file. */
      passphrase: z.nullable(z.string()),
    }),
    access: 'referral.make-paper',
    audit: 'referral.paper-made',
    leaves: 'paper',
    purpose,
    idempotent: false,
  }),
  /** What who holds the sheet said on the telephone. With a wrong code nothing is written but that it was wrong. */
  answerOnPaper: command({
    id: 'referrals.answerOnPaper',
    path: '/referrals/{referral}/paper/answer',
    params: one,
    body: z.strictObject({
      code: line(40),
      answer: z.enum(toldAnswers),
      /** Why it is declined. */
      declined: z.optional(z.enum(declineReasons)),
      /** Why it ended. */
      ended: z.optional(z.enum(endReasons)),
      outcome: z.optional(z.enum(outcomes)),
      words: z.optional(text(2000)),
    }),
    ifMatch: true,
    reply: z.object({ taken: z.boolean() }),
    access: 'referral.answer-on-paper',
    audit: 'referral.answered-on-paper',
    purpose,
    evenMerged: true,
  }),
}
