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
        // Of a case that the unit has, who is in charge finds these on the case.
        actions={
          role === 'officer' && (
            <>
              <Link to={'/cases/$case/own-view' as string} params={{ case: caseId } as never}>
                {t('visit.make')}
              </Link>
              <Link to={'/cases/$case/received' as string} params={{ case: caseId } as never}>
                {t('received.open')}
              </Link>
            </>
          )
        }
      >
        {t('consent.agreed.lead')}
      </PageHeader>
      <AgreedOfCase caseId={caseId} />
    </div>
  )
}
