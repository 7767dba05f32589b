import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { typed, useOptions } from './choices.ts'

/** What came of a follow-up. */
export function MarkForm({
  caseId,
  followUp,
  onDone,
}: {
  caseId: string
  followUp: { readonly id: string; readonly version: number }
  onDone: () => void
}) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const mark = useCommand(care.markFollowUp, ['care.followUps', 'tasks.today', 'care.closing', 'referrals.caseFile'])
  const [state, setState] = useState('')
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const save = () =>
    mark.mutate(
      {
        params: { case: caseId, followUp: followUp.id },
        version: followUp.version,
        body: { state: state as 'done', ...(state === 'moved' && to ? { to } : {}), note: typed(note) },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <div className="stack">
      <Form errors={errors.errors} busy={mark.isPending} submit={t('care.follow-up.save')} onSubmit={save}>
        <ChoiceGroup
          kind="radio"
          name="state"
          label={t('care.follow-up.came')}
          inline
          value={state}
          onChange={setState}
          options={options('care.follow-up.state', ['done', 'missed', 'moved', 'dropped'])}
          error={errors.of('state')}
        />
        {state === 'moved' && (
          <DateField name="to" label={t('care.follow-up.to')} value={to} onChange={setTo} error={errors.of('to')} />
        )}
        <TextField
          name="note"
          label={t('care.follow-up.note')}
          optional
          value={note}
          onChange={event => setNote(event.target.value)}
          error={errors.of('note')}
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
