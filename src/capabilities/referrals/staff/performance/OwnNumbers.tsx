import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import { became, type Performance } from '../../contract-performance.ts'
import { Count, reasonsOf, shareText, timeText } from './numbers.tsx'

/** One organisation's numbers, as they are. */
export function OwnNumbers({ row }: { row: Performance }) {
  const words = useWords()
  const { t, number } = words
  const reasons = reasonsOf(row, words)
  return (
    <>
      <dl className="performance-figures">
        <div>
          <dt>{t('performance.asked')}</dt>
          <dd>{number(row.all ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('performance.median')}</dt>
          <dd>{timeText(row.minutes, words)}</dd>
        </div>
        <div>
          <dt>{t('performance.share')}</dt>
          <dd>{shareText(row, words)}</dd>
        </div>
      </dl>
      <div className="performance-pair">
        <Card title={t('performance.outcome')}>
          <dl className="performance-lines">
            {became.map(key => (
              <div key={key}>
                <dt>{t(`performance.became.${key}`)}</dt>
                <dd>
                  <Count count={row.became[key]} all={row.all} />
                </dd>
              </div>
            ))}
          </dl>
        </Card>
        {reasons.length > 0 && (
          <Card title={t('performance.reasons')}>
            <dl className="performance-lines">
              {reasons.map(one => (
                <div key={one.key}>
                  <dt>
                    {one.why} <span className="performance-few">{one.what}</span>
                  </dt>
                  <dd>
                    <Count count={one.count} all={one.all} />
                  </dd>
                </div>
              ))}
            </dl>
          </Card>
        )}
      </div>
    </>
  )
}
