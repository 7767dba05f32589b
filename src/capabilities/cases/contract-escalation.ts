import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id } from '#platform/contract/shapes.ts'

/** What a supervisor does about a clock that ran over. None of it decides anything. */
export const escalationAnswers = ['spoken-with', 'more-people', 'waits-for-others', 'looks-into-it'] as const
export type EscalationAnswer = (typeof escalationAnswers)[number]

/** A clock that ran over, as the supervisors of the body are told of it: of the case its reference, and no more. */
export const Escalation = z.object({
  id: id(),
  reference: z.string(),
  /** Which clock. */
  clock: z.string(),
  overdueSince: z.string(),
  toldAt: z.string(),
  /** Who is in charge of the person; null: nobody yet. */
  inCharge: z.nullable(z.string()),
  /** For a decision, who of the body could take it. */
  deciders: z.array(z.string()),
  answer: z.nullable(z.enum(escalationAnswers)),
  answeredBy: z.nullable(z.string()),
  answeredAt: z.nullable(z.string()),
})

/** For the supervisors of the body that holds the case. */
export const escalationOperations = {
  /** What is overdue, the longest first; at most 200. */
  escalations: query({
    id: 'cases.escalations',
    path: '/escalations',
    reply: z.object({ items: z.array(Escalation), more: z.boolean() }),
    access: 'case.escalations',
    audit: 'case.escalations-listed',
    purpose: ['oversight'],
  }),
  /** What a supervisor does about one; it stands in the history of the case. */
  answerEscalation: command({
    id: 'cases.answerEscalation',
    path: '/escalations/{escalation}/answer',
    params: z.object({ escalation: id() }),
    body: z.strictObject({ answer: z.enum(escalationAnswers) }),
    reply: z.object({ id: id() }),
    access: 'case.answer-escalation',
    audit: 'case.escalation-answered',
    purpose: ['oversight'],
  }),
}
