import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag, type Tone } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { Assessment } from '../contract-assessment.ts'
import { AssessForm } from './AssessForm.tsx'
import { CareFrame, useCase } from './Frame.tsx'

/** What was found each time, the newest beside an earlier one. */
export default function AssessmentPage() {
  const words = useWords()
  const { t } = words
  const caseId = useCase()
  const found = useAsk(care.assessments, { params: { case: caseId } })
  const [adding, setAdding] = useState(false)
  const [beside, setBeside] = useState('')
  if (!found.isSuccess)
    return (
      <CareFrame part="assessment">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const { items } = found.data
  const [newest, ...earlier] = items
  const other = earlier.find(one => one.id === beside)
  return (
    <CareFrame
      part="assessment"
      lead={t('care.assessment.lead')}
      actions={!adding && <Button onClick={() => setAdding(true)}>{t('care.assessment.new')}</Button>}
    >
      {adding && <AssessForm caseId={caseId} before={newest} onDone={() => setAdding(false)} />}
      {!newest && !adding && (
        <EmptyState title={t('care.assessment.none')}>{t('care.assessment.none-text')}</EmptyState>
      )}
      {newest && earlier.length > 0 && (
        <SelectField
          name="beside"
          label={t('care.assessment.beside')}
          value={beside}
          onChange={event => setBeside(event.target.value)}
          placeholder={t('care.assessment.beside-none')}
          options={earlier.map(one => ({ value: one.id, label: words.dateTime(one.at) }))}
        />
      )}
      {newest && (
        <div className={other ? 'care-beside care-beside-two' : 'care-beside'}>
          <Shown assessment={newest} />
          {other && <Shown assessment={other} />}
        </div>
      )}
    </CareFrame>
  )
}

const tones: Record<Assessment['domains'][number]['severity'], Tone> = {
  low: 'neutral',
  moderate: 'info',
  high: 'warning',
  critical: 'danger',
}

function Shown({ assessment }: { assessment: Assessment }) {
  const words = useWords()
  const { t } = words
  return (
    <Card title={words.dateTime(assessment.at)} aside={<span className="care-soft">{assessment.by}</span>}>
      <div className="stack">
        {assessment.domains.map(one => (
          <section key={one.domain}>
            <h3>
              {t(`care.domain.${one.domain}`)}{' '}
              <Tag tone={tones[one.severity]}>{t(`care.severity.${one.severity}`)}</Tag>
            </h3>
            {one.note && <p className="told">{one.note}</p>}
            {one.determinants.length > 0 && (
              <ul className="plain-list">
                {one.determinants.map(each => (
                  <li key={`${each.level} ${each.factor} ${each.evidence}`}>
                    <Tag tone={each.factor === 'protective' ? 'good' : 'neutral'}>
                      {t(`care.factor.${each.factor}`)}
                    </Tag>{' '}
                    {t(`care.level.${each.level}`)}, {t(`care.severity.${each.severity}`)}: {each.evidence}
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
        {assessment.needs.length > 0 && (
          <section>
            <h3>{t('care.needs')}</h3>
            <ul className="plain-list">
              {assessment.needs.map(one => (
                <li key={`${one.service} ${one.urgency} ${one.note ?? ''}`}>
                  <Tag tone={one.urgency === 'today' ? 'danger' : 'neutral'}>{t(`care.need.${one.urgency}`)}</Tag>{' '}
                  {t(`service.kind.${one.service}`)}
                  {one.note && `: ${one.note}`}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Card>
  )
}
