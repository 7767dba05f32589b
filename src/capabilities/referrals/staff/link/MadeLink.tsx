import { type ReactNode, useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { inFours } from '#platform/contract/digits.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { withoutAccount } from '../../contract-link.ts'

interface Props {
  made: Answer<typeof withoutAccount.makeLink>
  mailWanted: boolean
  children: ReactNode
}
/** Link and code, shown this once and apart; the card that is printed says where to go and nothing else. */
export function MadeLink({ made, mailWanted, children }: Props) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  return (
    <section className="card stack link-made">
      <h2 className="link-screen card-title">{t('doors.made.title')}</h2>
      <div className="link-screen stack">
        <p>{t('doors.made.lead')}</p>
        {mailWanted && (
          <Banner tone="good" role="status">
            {t('doors.made.mailed')}
          </Banner>
        )}
        <h3>{t('doors.made.link')}</h3>
      </div>
      <div className="link-card">
        <img src={made.qr} alt={t('doors.made.qr')} width="184" height="184" />
        <bdi dir="ltr">{made.link}</bdi>
      </div>
      <div className="link-screen stack">
        <div className="actions">
          <Button
            variant="secondary"
            onClick={() =>
              void navigator.clipboard.writeText(made.link).then(
                () => setCopied(true),
                () => undefined,
              )
            }
          >
            {t('doors.made.copy')}
          </Button>
          <Button variant="secondary" onClick={() => window.print()}>
            {t('doors.made.print')}
          </Button>
        </div>
        <p role="status">{copied ? t('doors.made.copied') : ''}</p>
        <h3>{t('doors.made.code')}</h3>
        <p className="link-code">
          <bdi dir="ltr">{inFours(made.code)}</bdi>
        </p>
        <p>{t('doors.made.apart')}</p>
        <div className="actions">{children}</div>
      </div>
    </section>
  )
}
