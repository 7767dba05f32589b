import type { Answer } from '#platform/contract/client.ts'
import { useWords } from '#ui/words-context.tsx'
import type { match } from '../contract-match.ts'

/** What the order of the services rests on, what nobody knows yet, and what nobody looked at. */
export function Considered({ found }: { found: Answer<typeof match.services> }) {
  const { t, list } = useWords()
  const named = (codes: readonly string[]) => list(codes.map(one => t(`referral.weighed.${one}`)))
  return (
    <details>
      <summary>{t('referral.match.title')}</summary>
      <p>{t('referral.match.offered', { count: found.offered, shown: found.items.length })}</p>
      {found.closedNow > 0 && <p>{t('referral.match.closed-now', { count: found.closedNow })}</p>}
      {found.known.length > 0 && <p>{t('referral.match.known', { what: named(found.known) })}</p>}
      {found.unknown.length > 0 && <p>{t('referral.match.unknown', { what: named(found.unknown) })}</p>}
      <p>{t('referral.match.left-open', { what: named(found.leftOpen) })}</p>
      <p>{t('referral.match.no-address')}</p>
    </details>
  )
}
