import { Link, useParams } from '@tanstack/react-router'
import { useSession } from '#staff/session.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { AgreedOfCase } from './Agreed.tsx'

/** What one person agreed to, on a page of its own; the unit reads the same on the page of the case. */
export default function Consents() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { t } = useWords()
  const { role } = useSession()
  return (
    <div className="stack">
      <PageHeader
        title={t('consent.agreed.title')}
        above={
          role === 'officer' ? (
            <Link to="/">{t('screening.nav.home')}</Link>
          ) : (
            <Link to="/cases/$case" params={{ case: caseId } as never}>
              {t('consent.agreed.case')}
            </Link>
          )
        }
      >
        {t('consent.agreed.lead')}
      </PageHeader>
      <AgreedOfCase caseId={caseId} />
    </div>
  )
}
