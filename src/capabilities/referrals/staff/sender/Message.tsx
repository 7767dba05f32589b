import { StepPage } from '#ui/StepPage.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { StepProps } from './sending.ts'

/** A word to whoever opens it, which may stay empty. */
export function Message({ sending, refused, onChange, ...rest }: StepProps) {
  const { t } = useWords()
  const error = refused.find(one => one.field === 'message')?.message
  return (
    <StepPage
      title={t('referral.sent.message.title')}
      caption={t('referral.sent.caption')}
      hint={t('referral.sent.message.hint')}
      step={rest.step}
      of={rest.of}
      errors={error ? [{ field: 'message', message: error }] : []}
      onContinue={rest.onContinue}
      onSkip={() => {
        onChange({ message: '' })
        rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      <TextArea
        name="message"
        label={t('referral.sent.message.label')}
        error={error}
        optional
        rows={5}
        maxLength={2000}
        autoComplete="off"
        value={sending.message}
        onChange={event => onChange({ message: event.target.value })}
      />
    </StepPage>
  )
}
