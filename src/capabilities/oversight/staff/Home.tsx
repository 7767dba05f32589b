import { Link } from '@tanstack/react-router'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { AlertList } from './Alerts.tsx'

/** Where who protects data begins: what waits, and what can be asked. */
export default function Home() {
  const { t } = useWords()
  return (
    <div className="stack">
      <PageHeader title={t('oversight.home')}>{t('oversight.home.lead')}</PageHeader>
      <Card title={t('alert.title')}>
        <AlertList />
      </Card>
      <Card title={t('oversight.home.ask')}>
        <ul>
          <li>
            <Link to={'/oversight/glasses' as never}>{t('oversight.queue.title')}</Link>
          </li>
          <li>
            <Link to={'/oversight/events' as never}>{t('oversight.events.title')}</Link>
          </li>
          <li>
            <Link to={'/oversight/unusual' as never}>{t('oversight.unusual.title')}</Link>
          </li>
          <li>
            <Link to={'/oversight/sealings' as never}>{t('oversight.sealings.title')}</Link>
          </li>
        </ul>
      </Card>
    </div>
  )
}
