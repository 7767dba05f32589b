import { countryName } from '#platform/country/names.ts'
import { Card } from '#ui/Card.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Case } from '../../contract.ts'

/** What was done beside decisions, newest first, with the reasons of whoever did it. */
export function Taken({ found }: { found: Case }) {
  const words = useWords()
  const { t } = words
  const taken = found.steps ?? []
  if (taken.length === 0) return null
  return (
    <Card title={t('procedure.taken')}>
      <Timeline
        label={t('procedure.taken')}
        entries={[...taken].reverse().map(one => {
          const { country, askedBy, late, by: more, clock, unit } = one.about as Record<string, string | undefined>
          return {
            id: one.id,
            when: one.happenedAt,
            title: t(`procedure.taken.${one.move}`, {
              clock: clock ? t(`case.clock.${clock}`) : '',
              by: Number(more ?? 0),
              unit: t(`procedure.unit.${unit ?? 'calendar-days'}`),
            }),
            by: one.by,
            body: (
              <>
                {country && <p className="note">{countryName(country, words.lang)}</p>}
                {askedBy && (
                  <p className="note">{t('procedure.taken.asked-by', { who: t(`procedure.asker.${askedBy}`) })}</p>
                )}
                <p className="told">{one.reasons}</p>
                {late && <p className="told">{t('procedure.taken.late', { why: one.lateReasons ?? '' })}</p>}
              </>
            ),
          }
        })}
      />
    </Card>
  )
}
