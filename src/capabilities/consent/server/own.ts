import type { Read, Tx } from '#platform/db/context.ts'
import { type ConsentRecord, ownTextVersion } from '../contract.ts'
import { listOf, toWire } from './store.ts'
import { endGiven } from './withdraw.ts'

/** The ledger of a case as the fence of the transaction shows it: for a slice above, whose own decision lets the person read it. */
export const ledgerOf = async (read: Read, caseId: string, now: Date): Promise<ConsentRecord[]> =>
  (await listOf(read, caseId)).map(row => toWire(row, now))

export interface OwnWithdrawal {
  readonly id: string
  readonly caseId: string
  readonly consent: string
  /** Language of the page on which the person took it back. */
  readonly language: string
  /** Who explained to the person, face to face, how they can. */
  readonly explainedBy: string
  readonly now: Date
}
/**
 * The person takes a consent back by themselves, in writing: the same in every way as when somebody writes it down for
 * them. @returns the withdrawal's id
 * @throws Problem not-found
 */
export const withdrawOwn = (tx: Tx, own: OwnWithdrawal): Promise<string> =>
  endGiven(tx, own.caseId, own.consent, () => ({
    id: own.id,
    text_version: ownTextVersion,
    language: own.language,
    interpreter: 'none',
    explained_by: own.explainedBy,
    given_by: 'person',
    form: 'written',
    said_at: own.now,
  }))
