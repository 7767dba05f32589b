import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { FollowUp } from '../contract-plan.ts'
import { CareFrame, useCase } from './Frame.tsx'
import { MarkForm } from './MarkForm.tsx'
import { ScheduleForm } from './ScheduleForm.tsx'

const tones: Record<FollowUp['state'], Tone> = {
  planned: 'info',
  done: 'good',
  missed: 'warning',
  moved: 'neutral',
  dropped: 'neutral',
}

/** When somebody gets in touch, and what came of it. */
export default function FollowUpsPage() {
  const words = useWords()
  const { t } = words
  const caseId = useCase()
  const found = useAsk(care.followUps, { params: { case: caseId } })
  const [planning, setPlanning] = useState(false)
  const [marking, setMarking] = useState('')
  if (!found.isSuccess)
    return (
      <CareFrame part="follow-ups">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const items = found.data.items as FollowUp[]
  const coming = items.filter(one => one.state === 'planned')
  const past = items.filter(one => one.state !== 'planned').reverse()
  const line = (one: FollowUp) => (
    <div>
      <p>
        {words.date(one.dueOn, 'weekday')}, {t(`care.follow-up.${one.kind}`)}
      </p>
      {one.note && <p className="told">{one.note}</p>}
      {one.markedAt && (
        <p className="care-soft">
          {t('care.follow-up.marked', { by: one.markedBy ?? '', when: words.dateTime(one.markedAt) })}
        </p>
      )}
    </div>
  )
  return (
    <CareFrame
      part="follow-ups"
      lead={t('care.follow-up.lead')}
      actions={!planning && <Button onClick={() => setPlanning(true)}>{t('care.follow-up.plan')}</Button>}
    >
      {planning && <ScheduleForm caseId={caseId} onDone={() => setPlanning(false)} />}
      {items.length === 0 && !planning && (
        <EmptyState title={t('care.follow-up.none')}>{t('care.follow-up.none-text')}</EmptyState>
      )}
      {coming.length > 0 && (
        <Card title={t('care.follow-up.coming')}>
          <ul className="things">
            {coming.map(one => (
              <li key={one.id} className="thing">
                {line(one)}
                {marking === one.id ? (
                  <MarkForm caseId={caseId} followUp={one} onDone={() => setMarking('')} />
                ) : (
                  <Button
                    variant="secondary"
                    compact
                    aria-label={t('care.follow-up.mark-which', { day: words.date(one.dueOn) })}
                    onClick={() => setMarking(one.id)}
                  >
                    {t('care.follow-up.mark')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {past.length > 0 && (
        <Card title={t('care.follow-up.past')}>
          <ul className="things">
            {past.map(one => (
              <li key={one.id} className="thing">
                {line(one)}
                <Tag tone={tones[one.state]}>{t(`care.follow-up.state.${one.state}`)}</Tag>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </CareFrame>
  )
}
