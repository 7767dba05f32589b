import type { Identity } from '#capabilities/cases/contract.ts'
import { openIdentityRow } from '#capabilities/cases/server/index.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { type Compartment, compartmentsIn } from '#platform/policy/compartments.ts'
import { type Decision, decide, type LinkHolder } from '#platform/policy/decide.ts'
import type { ReferralStatus } from '../../contract.ts'
import type { ToldAnswer } from '../../contract-link.ts'
import { type LinkFacts, linkPolicy } from '../../policy.ts'
import { openWords } from '../sealed.ts'
import type { Answer } from './steps.ts'
import { answersIn } from './steps.ts'
import * as store from './store.ts'

/** The referral of the link that the transaction is of, with what the rules ask. */
export interface Own {
  readonly row: store.Standing
  readonly facts: LinkFacts
}
export async function standingOf(read: Read): Promise<Own | undefined> {
  const row = await store.standing(read)
  return row && { row, facts: { referral: row.id, shared: row.opens } }
}

/** What a page shows; its words are the page's own business. */
export interface Asked {
  readonly page: 'asked'
  readonly status: ReferralStatus
  readonly reference: string
  readonly service: string
  readonly urgency: string
  readonly place: string | null
  readonly from: string
  readonly person: string
  readonly name: string
  readonly sentAt: string
  readonly dueAt: string
  readonly shared: readonly Compartment[]
  readonly message: string | undefined
  readonly answer: string | undefined
  readonly identity: Identity | undefined
  readonly answers: readonly ToldAnswer[]
  /** What was just answered. */
  readonly taken?: ToldAnswer
}
/** An answer before it is given: what it needs, what was typed, what is missing. */
export interface Asking {
  readonly page: 'answer'
  readonly given: Answer
  readonly wrong?: { readonly field: string; readonly code: string }
}
/** It is answered, and the link is closed with it. */
export interface Over {
  readonly page: 'over'
  readonly taken: ToldAnswer
}
export type Page = Asked | Asking | Over
/** A page, and the field that the next step needs; none on a page that leads nowhere. */
export interface Shown {
  readonly page: Page
  readonly field: string
}

export interface Seeing {
  readonly tx: Tx
  readonly services: Services
  readonly own: Own
  readonly visit: string
  readonly now: Date
}
const holderOf = ({ own, visit }: Seeing): LinkHolder => ({
  purpose: 'assistance',
  visit,
  referral: own.row.id,
  country: own.row.country,
})
export const decided = (seeing: Seeing, rule: keyof typeof linkPolicy): Decision =>
  decide(linkPolicy[rule], ['assistance'], holderOf(seeing), seeing.own.facts, seeing.own.row.case_id, seeing.now)

/** Exactly what the referral shares, as a recipient with an account reads it. */
export function opening(seeing: Seeing, taken?: ToldAnswer): { page: Asked; decision: Decision } {
  const { row } = seeing.own
  const decision = decided(seeing, 'read')
  const key = (caseId: string, slot: number, compartment: Compartment) =>
    seeing.services.keys.release(decision, caseId, slot, compartment)
  const words = (column: 'sealed_message' | 'sealed_answer') => {
    const sealed = row[column]
    return sealed && decision.permits(row.case_id, 'STA')
      ? openWords(key(row.case_id, row.slot, 'STA'), column, row.id, sealed)
      : undefined
  }
  const status = row.status as ReferralStatus
  return {
    decision,
    page: {
      page: 'asked',
      status,
      reference: row.reference,
      service: row.service,
      urgency: row.urgency,
      place: row.place_taken ?? row.place,
      from: row.from_name,
      person: row.person ?? '',
      name: row.name,
      sentAt: row.sent_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      shared: compartmentsIn(row.opens),
      message: words('sealed_message'),
      answer: words('sealed_answer'),
      identity:
        row.sealed_identity && decision.permits(row.case_id, 'ID')
          ? openIdentityRow(key(row.case_id, row.slot, 'ID'), row.case_id, row.sealed_identity)
          : undefined,
      answers: answersIn(status),
      ...(taken ? { taken } : {}),
    },
  }
}
