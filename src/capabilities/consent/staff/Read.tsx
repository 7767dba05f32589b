import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Asking, StepProps } from './ask-state.ts'
import { TextToRead } from './TextToRead.tsx'

/** The words said to the person, and their answer. */
export function Read({ asking, chosen, refused, onChange, spoken, ...rest }: StepProps & { spoken: string }) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const error = tried && asking.answer === '' ? t('consent.ask.wrong.answer') : undefined
  return (
    <StepPage
      title={t('consent.ask.read.title')}
      caption={t('consent.ask.caption')}
      hint={t('consent.ask.read.hint')}
      step={rest.step}
      of={rest.of}
      errors={error ? [{ field: 'answer', message: error }] : refused}
      onContinue={() => {
        setTried(true)
        if (asking.answer !== '') rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      <TextToRead
        version="sharing-1"
        spoken={spoken}
        values={({ list }) => ({ names: list(chosen.map(one => one.name)) })}
      />
      <ChoiceGroup
        kind="radio"
        name="answer"
        label={t('consent.ask.read.answer')}
        error={error}
        value={asking.answer}
        onChange={answer => onChange({ answer: answer as Asking['answer'], saidAt: new Date().toISOString() })}
        options={['yes', 'no'].map(value => ({
          value,
          label: t(`consent.ask.read.${value}`),
          hint: t(`consent.ask.read.${value}-hint`),
        }))}
      />
    </StepPage>
  )
}
