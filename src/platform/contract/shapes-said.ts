import { type FieldError, Problem } from '../problem/problem.ts'

/** A phone's clock may be ahead of the server's by this much. */
const aheadMs = 15 * 60_000
/** What was said without a connection is sent within this many days. */
const keptDays = 60

/** What is wrong with a moment that must have come already, however long ago. */
export const notYet = (moment: string, now: Date, field: string): FieldError[] =>
  Date.parse(moment) > now.getTime() + aheadMs ? [{ field, code: 'future' }] : []

/** What is wrong with the moment at which something was said, written down on a phone and perhaps sent later. */
export function wrongSaid(saidAt: string, now: Date, field = 'saidAt'): FieldError[] {
  const ahead = notYet(saidAt, now, field)
  if (ahead.length > 0) return ahead
  if (Date.parse(saidAt) < now.getTime() - keptDays * 86_400_000) return [{ field, code: 'too-old' }]
  return []
}

/** @throws Problem invalid-input naming every field that is wrong, when any is */
export function requireNone(wrong: readonly FieldError[]): void {
  if (wrong.length > 0) throw new Problem('invalid-input', wrong)
}
