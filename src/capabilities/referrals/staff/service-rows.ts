import type { Words } from '#platform/words/words.ts'
import type { Referral } from '../contract.ts'
import { waitsForAnswer } from '../flow.ts'

/** What became of a service, as rows of a summary; what did not happen is left out. */
export function serviceRows(found: Referral, { t, dateTime }: Words): { term: string; value: string }[] {
  const waits = waitsForAnswer(found.status)
  const rows: [string, string | null | undefined | false][] = [
    ['place', found.place && t(`place.kind.${found.place}`)],
    ['place-taken', found.placeTaken && t(`place.kind.${found.placeTaken}`)],
    ['expires', waits && found.expiresAt && dateTime(found.expiresAt)],
    ['began', found.beganAt && dateTime(found.beganAt)],
    ['finished', found.finishedAt && dateTime(found.finishedAt)],
    ['outcome', found.outcome && t(`referral.outcome.${found.outcome}`)],
    ['end-reason', found.endReason && t(`referral.end.${found.endReason}`)],
  ]
  return rows.flatMap(([term, value]) => (value ? [{ term: t(`referral.field.${term}`), value }] : []))
}
