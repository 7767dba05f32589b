import type { Answer } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { visits as operations } from '../contract.ts'
import { visits } from '../contract.ts'
import { grouped } from '../digits.ts'
import './visits.css'

/** The digits, shown this once, and the card: nothing stands on it but them. */
export function MadeCode({ caseId, made }: { caseId: string; made: Answer<typeof operations.makeCode> }) {
  const words = useWords()
  const { t } = words
  const found = useAsk(visits.ofCase, { params: { case: caseId } })
  const digits = grouped(made.digits)
  return (
    <>
      <p className="visit-screen">{t('visit.made.lead', { until: words.dateTime(made.until) })}</p>
      <div className="visit-card" role="img" aria-label={`${t('visit.made.card')}: ${digits}`}>
        <bdi dir="ltr">{digits}</bdi>
      </div>
      <div className="visit-screen stack">
        <p>{t('visit.made.where')}</p>
        {found.data && (
          <ul className="visit-addresses">
            {Object.entries(found.data.addresses).map(([lang, address]) => (
              <li key={lang}>
                <bdi dir="ltr">{address}</bdi>
              </li>
            ))}
          </ul>
        )}
        <div className="actions">
          <Button variant="secondary" onClick={() => window.print()}>
            {t('visit.made.print')}
          </Button>
        </div>
      </div>
    </>
  )
}
