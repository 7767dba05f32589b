import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../../staff/api.ts'
import { type Screening, screening } from '../../contract.ts'
import { Asked, Readings, Signs } from '../Noted.tsx'
import { Indicators } from './Indicators.tsx'

/** What the officer saw and was told, and the unit's indicators beside it. */
export function ScreeningsOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(screening.ofCase, { params: { case: caseId } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.items.length === 0) return <EmptyState title={t('screening.unit.none')} />
  return (
    <div className="stack">
      {found.data.items.map(one => (
        <One key={one.id} found={one} />
      ))}
    </div>
  )
}

function One({ found }: { found: Screening }) {
  const words = useWords()
  const { t } = words
  return (
    <>
      <Card
        title={t('case.tab.screening')}
        aside={t('screening.unit.by', { name: found.by, when: words.dateTime(found.saidAt) })}
      >
        {found.writtenAt && (
          <p className="note">
            {t('screening.unit.on-paper', {
              name: found.writtenBy ?? '',
              when: words.dateTime(found.writtenAt),
            })}
          </p>
        )}
        {found.worried && <Banner tone="warning">{t('screening.unit.worried')}</Banner>}
        <h3>{t('screening.unit.story')}</h3>
        {found.story ? <p className="told">{found.story}</p> : <p>{t('screening.unit.no-story')}</p>}
        <h3>{t('screening.unit.signs')}</h3>
        {found.card ? <Signs found={found} /> : <p>{t('screening.unit.no-signs')}</p>}
        {found.shortScreen && (
          <>
            <h3>{t('screening.unit.answers')}</h3>
            <Asked found={found} />
          </>
        )}
        {(found.card?.told || found.shortScreen?.told) && (
          <>
            <h3>{t('screening.done.read')}</h3>
            <Readings found={found} level={4} />
          </>
        )}
      </Card>
      <Indicators found={found} />
    </>
  )
}
