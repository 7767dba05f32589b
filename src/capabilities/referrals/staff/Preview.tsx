import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'

/** Everything that the recipient will see of the person, before it is sent. */
export function Preview({ identity, message }: { identity: boolean; message: string }) {
  const { t } = useWords()
  return (
    <Card title={t('referral.new.preview')}>
      <ul className="plain-list">
        <li>{t('referral.new.sees-codes')}</li>
        {identity && <li>{t('referral.new.sees-identity')}</li>}
        {message && (
          <li>
            {t('referral.new.sees-message')}: <span className="told">{message}</span>
          </li>
        )}
      </ul>
    </Card>
  )
}
