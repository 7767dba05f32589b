import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import { usePeople } from './use-people.ts'
import { stale } from './what.ts'

/** Gives a task to somebody else who works on its case. */
export function GiveForm({
  caseId,
  task: { id, version },
  onDone,
}: {
  caseId: string
  task: { readonly id: string; readonly version: number }
  onDone: () => void
}) {
  const { t } = useWords()
  const errors = useFormErrors()
  const give = useCommand(tasks.give, stale)
  const { options, toOf } = usePeople(caseId)
  const [to, setTo] = useState('')
  const send = () =>
    to === ''
      ? errors.set([{ field: 'to', message: t('problem.field.required') }])
      : give.mutate(
          { params: { task: id }, version, body: { to: toOf(to) } },
          { onSuccess: onDone, onError: errors.take },
        )
  return (
    <div className="stack">
      <Form errors={errors.errors} busy={give.isPending} submit={t('tasks.form.give')} onSubmit={send}>
        <SelectField
          name="to"
          label={t('tasks.form.to')}
          value={to}
          onChange={event => setTo(event.target.value)}
          placeholder={t('tasks.form.to-choose')}
          options={options}
          error={errors.of('to')}
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
