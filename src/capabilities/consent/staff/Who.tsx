import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Body, StepProps } from './ask-state.ts'

/** Whom the person is asked about. */
export function Who({ asking, bodies, refused, onChange, ...rest }: StepProps & { bodies: readonly Body[] }) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const empty = asking.recipients.length === 0
  const error = tried && empty ? t('consent.ask.wrong.who') : undefined
  return (
    <StepPage
      title={t('consent.ask.who.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.ask.who.hint')}
      step={rest.step}
      of={rest.of}
      errors={error ? [{ field: 'recipients', message: error }] : refused}
      onContinue={() => {
        setTried(true)
        if (!empty) rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      <ChoiceGroup
        kind="checkbox"
        name="recipients"
        label={t('consent.ask.who.title')}
        hideLabel
        error={error}
        value={asking.recipients}
        onChange={recipients => onChange({ recipients })}
        options={bodies.map(one => ({
          value: one.id,
          label: one.name,
          hint: one.competent
            ? t('consent.ask.who.unit')
            : one.services
                .slice(0, 4)
                .map(service => t(`service.kind.${service}`))
                .join(' · '),
        }))}
      />
    </StepPage>
  )
}
