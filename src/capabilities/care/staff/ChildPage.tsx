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
import type { Guardian, Interest } from '../contract-closing.ts'
import { CareFrame, useCase } from './Frame.tsx'
import { Guardians } from './Guardians.tsx'
import { InterestForm } from './InterestForm.tsx'

const tones: Record<Interest['outcome'], Tone> = {
  'in-interest': 'good',
  'not-in-interest': 'warning',
  'more-needed': 'info',
}

/** A child: who is their guardian, and what was weighed before each step. */
export default function ChildPage() {
  const words = useWords()
  const { t } = words
  const caseId = useCase()
  const found = useAsk(care.child, { params: { case: caseId } })
  const [weighing, setWeighing] = useState(false)
  if (!found.isSuccess)
    return (
      <CareFrame part="child">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const { child, interests, guardians } = found.data
  if (!child)
    return (
      <CareFrame part="child">
        <EmptyState title={t('care.child.adult')} />
      </CareFrame>
    )
  return (
    <CareFrame
      part="child"
      lead={t('care.child.lead')}
      actions={!weighing && <Button onClick={() => setWeighing(true)}>{t('care.child.weigh')}</Button>}
    >
      {weighing && <InterestForm caseId={caseId} onDone={() => setWeighing(false)} />}
      <Guardians caseId={caseId} guardians={guardians as Guardian[]} />
      <h2>{t('care.child.interests')}</h2>
      {interests.length === 0 && <EmptyState title={t('care.child.no-interest')} />}
      {interests.map(one => (
        <Card
          key={one.id}
          level={3}
          title={`${t(`care.step.${one.step}`)}: ${t(`care.interest.${one.kind}`)}`}
          aside={<Tag tone={tones[one.outcome]}>{t(`care.interest.${one.outcome}`)}</Tag>}
        >
          <dl className="stack">
            <div>
              <dt className="care-soft">{t('care.child.said')}</dt>
              <dd className="told">{one.childSaid}</dd>
            </div>
            <div>
              <dt className="care-soft">{t('care.child.reasons')}</dt>
              <dd className="told">{one.reasons}</dd>
            </div>
            {one.panel && (
              <div>
                <dt className="care-soft">{t('care.child.panel')}</dt>
                <dd>{one.panel}</dd>
              </div>
            )}
          </dl>
          <p className="care-soft">
            {words.dateTime(one.at)}, {one.by}
          </p>
        </Card>
      ))}
    </CareFrame>
  )
}
