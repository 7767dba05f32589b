import { notify } from '#platform/notify/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../api.ts'

/** For the administrator: whether mail is set up, and whether it leaves. */
export function MailStanding() {
  const { t, relative } = useWords()
  const found = useAsk(notify.standing, {}).data
  if (!found) return null
  if (!found.available)
    return (
      <Card title={t('notify.standing.title')}>
        <p>{t('notify.standing.off')}</p>
      </Card>
    )
  const { waiting, failing, bounced, sentAt } = found
  return (
    <Card title={t('notify.standing.title')}>
      <p>
        {t('notify.standing.on')} {t('notify.standing.waiting', { count: waiting })}{' '}
        {sentAt && t('notify.standing.sent', { when: relative(sentAt) })}
      </p>
      {failing > 0 && <Banner tone="warning">{t('notify.standing.failing', { count: failing })}</Banner>}
      {bounced > 0 && <p>{t('notify.standing.bounced', { count: bounced })}</p>}
    </Card>
  )
}
