import { type FormEvent, useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../../staff/api.ts'
import { indicatorProfiles, judged, type Screening, screening } from '../../contract.ts'
import { type Answers, getProfile, type IndicatorProfileCode } from '../../indicators.ts'

/** The long list, completed by the unit from what was told, dimension by dimension. Not asked is the start of every row. */
export function IndicatorForm({ found, onDone }: { found: Screening; onDone: () => void }) {
  const { t } = useWords()
  const complete = useCommand(screening.complete, ['screening.ofCase', 'screening.read'])
  const errors = useFormErrors()
  const [profileCode, setProfile] = useState<IndicatorProfileCode>(
    found.indicators?.profile ?? (found.child ? 'child-labour' : 'adult-labour'),
  )
  const [answers, setAnswers] = useState<Answers>(found.indicators?.answers ?? {})
  const profile = getProfile(profileCode)
  const scored = profile.indicators.every(one => one.weight !== null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const known = new Set(profile.indicators.map(one => one.code))
    const kept = Object.entries(answers).filter(([code, answer]) => known.has(code) && answer && answer !== 'not-asked')
    complete.mutate(
      {
        params: { screening: found.id },
        body: { id: newId(), profile: profileCode, answers: Object.fromEntries(kept) as Record<string, 'yes'> },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  }
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <Card title={t('screening.unit.complete')}>
        <p>{t('screening.unit.indicators-lead')}</p>
        <ErrorSummary errors={errors.errors} />
        <SelectField
          name="profile"
          label={t('screening.unit.profile')}
          value={profileCode}
          onChange={event => setProfile(event.target.value as IndicatorProfileCode)}
          options={indicatorProfiles.map(value => ({ value, label: t(`screening.profile.${value}`) }))}
        />
        {!scored && <Banner tone="warning">{t('screening.reading.refused.weights-missing')}</Banner>}
      </Card>
      {profile.dimensions.map(dimension => (
        <Card key={dimension} title={t(`screening.dimension.${dimension}`)}>
          {profile.indicators
            .filter(one => one.dimension === dimension)
            .map(one => (
              <Row
                key={one.code}
                code={one.code}
                value={answers[one.code] ?? 'not-asked'}
                onChange={value => setAnswers({ ...answers, [one.code]: value as 'yes' })}
              />
            ))}
        </Card>
      ))}
      <div className="actions">
        <Button type="submit" busy={complete.isPending}>
          {t('screening.unit.save')}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** One indicator with its four answers side by side. */
function Row({ code, value, onChange }: { code: string; value: string; onChange: (value: string) => void }) {
  const { t } = useWords()
  return (
    <fieldset className="indicator">
      <legend>{t(`screening.indicator.${code}`)}</legend>
      <div className="indicator-answers">
        {judged.map(answer => (
          <label key={answer}>
            <input
              type="radio"
              name={`answers.${code}`}
              value={answer}
              checked={value === answer}
              onChange={() => onChange(answer)}
            />{' '}
            {t(`screening.unit.answer.${answer}`)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
