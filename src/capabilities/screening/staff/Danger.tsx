import { createLink, Link } from '@tanstack/react-router'
import { UrgentSteps } from '#capabilities/directory/staff/parts.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import './officer.css'

const To = createLink(LinkButton)

/** Urgent steps, without a form in the way. */
export default function Danger() {
  const { t } = useWords()
  return (
    <div className="stack">
      <PageHeader title={t('screening.danger.title')} above={<Link to="/">{t('screening.nav.home')}</Link>}>
        {t('screening.danger.lead')}
      </PageHeader>
      <UrgentSteps />
      <To to="/screen" variant="secondary" wide>
        {t('screening.danger.screen')}
      </To>
    </div>
  )
}
