import { newId } from '#staff/api.ts'
import type { Answers, Made } from '../journey.ts'

/** A screening under way. It lives in this page's memory alone: nothing of it is ever written to the device. */
export interface Draft {
  readonly account: string
  readonly answers: Answers
  readonly made: Made
  /** All pages were seen once, so that a changed answer leads back to the check. */
  readonly checked: boolean
  /** The command as it was last sent: sent again unchanged it is the same command, whatever became of the first answer. */
  readonly sent?: { readonly body: string; readonly key: string }
}

let kept: Draft | undefined

/** The draft of this person; another's, left by an ended session in the same page, is dropped. */
export function findDraft(account: string): Draft | undefined {
  if (kept && kept.account !== account) kept = undefined
  return kept
}
export function keepDraft(draft: Draft): void {
  kept = draft
}
export function dropDraft(): void {
  kept = undefined
}

export function newDraft(account: string, country: string): Draft {
  const now = new Date().toISOString()
  const made = { id: newId(), case: newId(), limitsTold: newId(), country, startedAt: now, toldAt: now }
  return { account, answers: {}, made, checked: false }
}
