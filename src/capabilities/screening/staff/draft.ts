import { newId } from '#staff/api.ts'
import { findDraftOf, keepDraftOf } from '#staff/phone/drafts.ts'
import type { Answers, Made } from '../journey.ts'

/** A screening under way: in this page's memory, and sealed on a phone that is prepared; otherwise nowhere on the device. */
export interface Draft {
  readonly account: string
  readonly answers: Answers
  readonly made: Made
  /** All pages were seen once, so that a changed answer leads back to the check. */
  readonly checked: boolean
  /** The command as it was last sent: sent again unchanged it is the same command, whatever became of the first answer. */
  readonly sent?: { readonly body: string; readonly key: string }
}

const name = 'screening'

/** The draft of this person; another's, left by an ended session in the same page, is dropped. */
export function findDraft(account: string): Draft | undefined {
  const kept = findDraftOf<Draft>(name)
  if (kept && kept.account !== account) dropDraft()
  return kept?.account === account ? kept : undefined
}
export const keepDraft = (draft: Draft): void => keepDraftOf(name, draft)
export const dropDraft = (): void => keepDraftOf(name, undefined)

export function newDraft(account: string, country: string): Draft {
  const now = new Date().toISOString()
  const made = { id: newId(), case: newId(), limitsTold: newId(), country, startedAt: now, toldAt: now }
  return { account, answers: {}, made, checked: false }
}
