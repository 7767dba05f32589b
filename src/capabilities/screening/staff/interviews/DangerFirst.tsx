import { useState } from 'react'
import { UrgentSteps } from '#capabilities/directory/staff/parts.tsx'
import { Banner } from '#ui/Banner.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Before } from './before.ts'
import '../instruments/instruments.css'

export interface BeforeProps {
  readonly before: Before
  readonly onChange: (change: Partial<Before>) => void
  readonly onContinue: () => void
  readonly onBack: () => void
  readonly onStop: () => void
}

/** Before anything else: if somebody is in danger now, the country's steps come first and the talk can wait. */
export function DangerFirst({ before, onChange, onContinue, onBack, onStop }: BeforeProps) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const error = tried && before.danger === '' ? t('screening.interview.choose-one') : undefined
  return (
    <StepPage
      title={t('screening.interview.danger')}
      caption={t('screening.interview.title')}
      hint={t('screening.interview.danger.hint')}
      step={1}
      of={3}
      errors={error ? [{ field: 'danger', message: error }] : []}
      continueLabel={before.danger === 'yes' ? t('screening.interview.danger.later') : undefined}
      onContinue={() => (before.danger === '' ? setTried(true) : onContinue())}
      onBack={onBack}
      onStop={onStop}
    >
      <ChoiceGroup
        kind="radio"
        name="danger"
        label={t('screening.interview.danger')}
        hideLabel
        inline
        error={error}
        value={before.danger}
        onChange={danger => onChange({ danger: danger as Before['danger'] })}
        options={['yes', 'no'].map(value => ({ value, label: t(`screening.interview.danger.${value}`) }))}
      />
      {before.danger === 'yes' && (
        <div className="stack danger-now">
          <Banner tone="danger" role="status" title={t('screening.interview.danger.now')} />
          <UrgentSteps />
        </div>
      )}
    </StepPage>
  )
}
