import { Link, useParams } from '@tanstack/react-router'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { Attachments } from './Attachments.tsx'

/** For who met the person: brings files to their case, also without signal, and reads none of them again. */
export default function AttachPage() {
  const { t } = useWords()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  return (
    <div className="stack attach-page">
      <PageHeader title={t('attachment.title')} above={<Link to="/">{t('screening.nav.home')}</Link>}>
        {t('attachment.lead')}
      </PageHeader>
      <Attachments caseId={caseId} mayAttach mayRead={false} />
    </div>
  )
}
