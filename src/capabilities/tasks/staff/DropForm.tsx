import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { dropReasons, tasks } from '../contract.ts'
import { stale } from './what.ts'

/** Why a task is not needed. */
export function DropForm({
  task: { id, version },
  onDone,
}: {
  task: { readonly id: string; readonly version: number }
  onDone: () => void
}) {
  const { t } = useWords()
  const errors = useFormErrors()
  const drop = useCommand(tasks.drop, stale)
  const [reason, setReason] = useState('')
  return (
    <div className="stack">
      <Form
        errors={errors.errors}
        busy={drop.isPending}
        submit={t('tasks.form.drop')}
        onSubmit={() =>
          drop.mutate(
            { params: { task: id }, version, body: { reason: reason as 'other' } },
            { onSuccess: onDone, onError: errors.take },
          )
        }
      >
        <ChoiceGroup
          kind="radio"
          name="reason"
          label={t('tasks.form.reason')}
          value={reason}
          onChange={setReason}
          options={dropReasons.map(value => ({ value, label: t(`tasks.reason.${value}`) }))}
          error={errors.of('reason')}
        />
      </Form>
      <div className="actions">
        <Button variant="quiet" compact onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  )
}
