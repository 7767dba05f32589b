import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Referral } from '../../contract.ts'
import { withoutAccount } from '../../contract-link.ts'
import { isTakenOn, waitsForAnswer } from '../../flow.ts'

/** For who asked: the way to a link or a sheet, and word of a link that was closed by too many wrong codes. */
export function DoorsNotice({ found: { id, kind, status } }: { found: Referral }) {
  const { t } = useWords()
  const asks = kind === 'service' && (waitsForAnswer(status) || isTakenOn(status))
  const found = useAsk(withoutAccount.doors, { params: { referral: id } }, { enabled: asks })
  if (!asks || !found.data) return null
  const way = (
    <Link to="/referrals/$referral/doors" params={{ referral: id } as never}>
      {t('doors.open')}
    </Link>
  )
  if (found.data.link?.state === 'closed')
    return (
      <Banner tone="warning" action={way}>
        {t('doors.link.closed')}
      </Banner>
    )
  return found.data.signsIn ? <p>{way}</p> : <Banner action={way}>{t('doors.nobody')}</Banner>
}
