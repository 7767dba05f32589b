import type { ReactNode } from 'react'
import { Button } from '#ui/Button.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type StepProps, stepsOf } from './sending.ts'

/** Whom it goes to and what they will see, before it is sent. */
export function Check({
  sending,
  recipients,
  recipient,
  busy,
  problem,
  onGo,
  ...rest
}: StepProps & { busy: boolean; problem: ReactNode; onGo: (step: string) => void }) {
  const { t } = useWords()
  const change = (step: string, what: string) =>
    stepsOf(recipients).includes(step) && (
      <Button
        variant="quiet"
        compact
        onClick={() => onGo(step)}
        aria-label={t('referral.sent.check.change-what', { what })}
      >
        {t('referral.sent.check.change')}
      </Button>
    )
  return (
    <StepPage
      title={t('referral.sent.check.title')}
      caption={t('referral.sent.caption')}
      hint={t('referral.sent.check.hint')}
      step={rest.step}
      of={rest.of}
      busy={busy}
      continueLabel={t('referral.sent.check.send')}
      onContinue={rest.onContinue}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      {problem}
      <Summary
        rows={[
          {
            term: t('referral.sent.check.to'),
            value: recipient?.name,
            action: change('to', t('referral.sent.check.to')),
          },
          {
            term: t('referral.sent.check.for'),
            value: sending.service ? t(`service.kind.${sending.service}`) : t('referral.sent.for.identification'),
          },
          {
            term: t('referral.sent.check.sees'),
            value: (
              <ul className="plain-list">
                {(recipient?.sees ?? []).map(one => (
                  <li key={one}>{t(`compartment.${one}`)}</li>
                ))}
              </ul>
            ),
          },
          {
            term: t('referral.sent.check.urgency'),
            value: sending.urgency && t(`referral.sent.urgency.${sending.urgency}`),
            action: change('urgency', t('referral.sent.check.urgency')),
          },
          {
            term: t('referral.sent.check.message'),
            value: sending.message && <span className="told">{sending.message}</span>,
            action: change('message', t('referral.sent.check.message')),
          },
        ]}
      />
    </StepPage>
  )
}
