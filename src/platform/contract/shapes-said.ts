import { type FieldError, Problem } from '../problem/problem.ts'

/** A phone's clock may be ahead of the server's by this much. */
const aheadMs = 15 * 60_000
/** How old a moment may be when it arrives: what a phone kept without a connection, and what was on paper first. */
const keptDays = { phone: 60, paper: 2 * 366 } as const
export type Kept = keyof typeof keptDays

/** What is wrong with the moment at which something was said, written down at once and perhaps sent later. */
export function wrongSaid(saidAt: string, now: Date, field = 'saidAt', on: Kept = 'phone'): FieldError[] {
  const at = Date.parse(saidAt)
  if (at > now.getTime() + aheadMs) return [{ field, code: 'future' }]
  if (at < now.getTime() - keptDays[on] * 86_400_000) return [{ field, code: 'too-old' }]
  return []
}

/** @throws Problem invalid-input naming every field that is wrong, when any is */
export function requireNone(wrong: readonly FieldError[]): void {
  if (wrong.length > 0) throw new Problem('invalid-input', wrong)
}
