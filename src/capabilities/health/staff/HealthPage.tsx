import { Link, useParams } from '@tanstack/react-router'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { HealthOfCase } from './HealthOfCase.tsx'

/** For who took on a referral: what health workers write of the person, where it is theirs to write or to read. */
export default function HealthPage() {
  const { t } = useWords()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  return (
    <div className="stack">
      <PageHeader title={t('health.title')} above={<Link to="/referrals">{t('care.asked.back')}</Link>} />
      <HealthOfCase caseId={caseId} />
    </div>
  )
}
