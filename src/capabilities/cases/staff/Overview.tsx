import { Card } from '#ui/Card.tsx'
import { Clock } from '#ui/Clock.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Case } from '../contract.ts'
import { Charge, Handed } from './Charge.tsx'
import { ConflictsOfCase } from './identity/Waiting.tsx'
import { Person } from './Person.tsx'
import { Place } from './Place.tsx'

/** The first tab of a case: what is known in codes, who the person is, who is in charge. */
export function Overview({ found }: { found: Case }) {
  const words = useWords()
  const { t } = words
  const changeable = found.identity !== undefined && found.moves.includes('changeIdentity')
  return (
    <div className="stack">
      {changeable && <ConflictsOfCase caseId={found.id} />}
      <Card title={t('case.tab.summary')}>
        <Summary
          rows={[
            { term: t('case.field.agency'), value: found.agencyName },
            { term: t('case.field.made'), value: words.dateTime(found.madeAt) },
            { term: t('case.field.opened'), value: found.openedAt && words.dateTime(found.openedAt) },
            { term: t('case.field.sector'), value: found.sector && t(`sector.${found.sector}`) },
            { term: t('case.field.child'), value: t(found.child ? 'case.yes' : 'case.no') },
            { term: t('case.field.coordinator'), value: found.coordinatorName ?? t('case.field.none') },
            ...found.clocks.map(clock => ({
              term: t(`case.clock.${clock.kind}`),
              value: <Clock due={clock.dueAt} warnAt={clock.warnAt} doneAt={clock.stoppedAt ?? undefined} />,
            })),
          ]}
        />
      </Card>
      {found.moves.includes('assign') && found.coordinator && <Handed caseId={found.id} />}
      {found.moves.includes('assign') && <Charge found={found} />}
      <Person identity={found.identity} change={changeable ? found.id : undefined} />
      {found.locationVersion !== undefined && (found.locationVersion > 0 || found.moves.includes('changeLocation')) && (
        <Place found={found} />
      )}
    </div>
  )
}
