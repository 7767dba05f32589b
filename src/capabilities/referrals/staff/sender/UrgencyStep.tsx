import { useState } from 'react'
import { type Urgency, urgencies } from '#capabilities/cases/contract.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { StepProps } from './sending.ts'

/** How soon an answer is needed: it sets the clock of the recipient. */
export function UrgencyStep({ sending, refused, onChange, ...rest }: StepProps) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const error =
    tried && sending.urgency === ''
      ? t('referral.sent.wrong.choose')
      : refused.find(one => one.field === 'urgency')?.message
  return (
    <StepPage
      title={t('referral.sent.urgency.title')}
      caption={t('referral.sent.caption')}
      hint={t('referral.sent.urgency.hint')}
      step={rest.step}
      of={rest.of}
      errors={error ? [{ field: 'urgency', message: error }] : []}
      onContinue={() => {
        setTried(true)
        if (sending.urgency !== '') rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      <ChoiceGroup
        kind="radio"
        name="urgency"
        label={t('referral.sent.urgency.title')}
        hideLabel
        error={error}
        value={sending.urgency}
        onChange={urgency => onChange({ urgency: urgency as Urgency })}
        options={urgencies.map(value => ({ value, label: t(`referral.sent.urgency.${value}`) }))}
      />
    </StepPage>
  )
}
