import type { Words } from '#platform/words/words.ts'
import type { Coverage } from './contract.ts'

type Missing = NonNullable<Coverage['country']['unmet']>[number]
/** How often a kind of help was not found, as the screen and the paper say it. */
export function unmetText({ kind, place, count, more }: Missing, { t, number }: Words): string {
  const named = t(`service.kind.${kind}`)
  const what = place ? t('situation.coverage.unmet-bed', { what: named, place: t(`place.kind.${place}`) }) : named
  if (!more) return t('situation.coverage.count', { what, count: number(count) })
  return t(count === 0 ? 'situation.coverage.unmet-few' : 'situation.coverage.unmet-more', {
    what,
    count: number(count),
  })
}
/** Of which quarter, and what is not told. */
export const unmetNote = ({ quarter }: Coverage, { t }: Words): string =>
  t('situation.coverage.unmet-note', { year: quarter.slice(0, 4), quarter: quarter.slice(6) })
