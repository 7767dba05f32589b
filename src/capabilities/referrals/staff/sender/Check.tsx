import type { ReactNode } from 'react'
import { CheckPage } from '#ui/CheckPage.tsx'
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
  const change = (step: string) => stepsOf(recipients).includes(step) && (() => onGo(step))
  return (
    <CheckPage
      title={t('referral.sent.check.title')}
      caption={t('referral.sent.caption')}
      hint={t('referral.sent.check.hint')}
      step={rest.step}
      of={rest.of}
      busy={busy}
      problem={problem}
      continueLabel={t('referral.sent.check.send')}
      onContinue={rest.onContinue}
      onBack={rest.onBack}
      onStop={rest.onStop}
      rows={[
        { term: t('referral.sent.check.to'), value: recipient?.name, onChange: change('to') },
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
          onChange: change('urgency'),
        },
        {
          term: t('referral.sent.check.message'),
          value: sending.message && <span className="told">{sending.message}</span>,
          onChange: change('message'),
        },
      ]}
    />
  )
}
