import { useState } from 'react'
import { mailHours, notify } from '#platform/notify/contract.ts'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'

/** Whether mail tells one that something waits; off until one says so. */
export function OwnMail() {
  const { t } = useWords()
  const found = useAsk(notify.choice, {})
  const errors = useFormErrors()
  const choose = useCommand(notify.choose, [notify.choice.id])
  const [picked, setPicked] = useState<string>()
  const every = picked ?? found.data?.every ?? 'never'
  const send = () =>
    choose.mutate(
      { body: { every: every === 'never' ? null : (every as '4') } },
      { onSuccess: () => setPicked(undefined), onError: errors.take },
    )
  return (
    <Card title={t('notify.title')}>
      {found.isPending && <Loading lines={2} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && !found.data.available && found.data.every === null && <p>{t('notify.unavailable')}</p>}
      {found.data && (found.data.available || found.data.every !== null) && (
        <Form
          errors={errors.errors}
          busy={choose.isPending}
          submit={picked !== undefined && t('notify.save')}
          onSubmit={send}
          lead={
            <>
              <p>{t('notify.lead')}</p>
              <p>{t('notify.think')}</p>
            </>
          }
        >
          <ChoiceGroup
            kind="radio"
            name="every"
            label={t('notify.every')}
            hint={t('notify.quiet')}
            value={every}
            onChange={setPicked}
            options={['never', ...mailHours].map(value => ({ value, label: t(`notify.every.${value}`) }))}
            error={errors.of('every')}
          />
        </Form>
      )}
      <p role="status">{choose.isSuccess && picked === undefined && t('notify.saved')}</p>
    </Card>
  )
}
