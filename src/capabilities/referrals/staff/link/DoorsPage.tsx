import { Link, useParams } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { withoutAccount } from '../../contract-link.ts'
import { LinkCard } from './LinkCard.tsx'
import { PaperCard } from './PaperCard.tsx'
import { ToldCard } from './ToldCard.tsx'
import './link.css'

/** How an organisation without an account hears of a referral and answers it: by a link, or on paper. */
export default function DoorsPage() {
  const { referral } = useParams({ strict: false }) as { referral: string }
  const { t } = useWords()
  const found = useAsk(withoutAccount.doors, { params: { referral } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { paper, stands } = found.data
  return (
    <div className="stack doors">
      <PageHeader
        title={t('doors.title')}
        above={
          <Link to="/referrals/$referral" params={{ referral }}>
            {t('doors.back')}
          </Link>
        }
      >
        {t(stands ? (found.data.signsIn ? 'doors.lead-signs-in' : 'doors.lead') : 'doors.over')}
      </PageHeader>
      <LinkCard referral={referral} found={found.data} />
      {paper?.state === 'live' && <ToldCard referral={referral} found={found.data} />}
      <PaperCard referral={referral} found={found.data} />
    </div>
  )
}
