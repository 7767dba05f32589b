import { useState } from 'react'
import type { ServiceKind } from '#capabilities/directory/contract.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { isAddressed, type StepProps } from './sending.ts'

/** Whom it is for and, unless that is the body that decides, which help is asked of them. */
export function To({ sending, recipients, recipient, refused, onChange, ...rest }: StepProps) {
  const { t } = useWords()
  const [tried, setTried] = useState(false)
  const done = isAddressed(sending, recipients)
  const missing = tried && !done ? t('referral.sent.wrong.choose') : undefined
  const named = refused.find(one => one.field === 'to')?.message
  const served = refused.find(one => one.field === 'service')?.message
  return (
    <StepPage
      title={t('referral.sent.to.title')}
      caption={t('referral.sent.caption')}
      hint={t('referral.sent.to.hint')}
      step={rest.step}
      of={rest.of}
      errors={missing ? [{ field: recipient ? 'service' : 'to', message: missing }] : refused}
      onContinue={() => {
        setTried(true)
        if (done) rest.onContinue()
      }}
      onBack={rest.onBack}
      onStop={rest.onStop}
    >
      <ChoiceGroup
        kind="radio"
        name="to"
        label={t('referral.sent.to.title')}
        hideLabel
        error={recipient ? named : (missing ?? named)}
        value={sending.to}
        onChange={to => onChange({ to, service: '' })}
        options={recipients.map(one => ({
          value: one.id,
          label: one.name,
          hint: one.competent
            ? t('referral.sent.to.unit')
            : one.services
                .slice(0, 4)
                .map(service => t(`service.kind.${service}`))
                .join(' · '),
        }))}
      />
      {recipient && !recipient.competent && (
        <ChoiceGroup
          kind="radio"
          name="service"
          label={t('referral.sent.service.title')}
          error={missing ?? served}
          value={sending.service}
          onChange={service => onChange({ service: service as ServiceKind })}
          options={recipient.services.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        />
      )}
    </StepPage>
  )
}
