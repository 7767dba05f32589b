import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { matching } from '../contract.ts'
import { Opened } from './Opened.tsx'
import { stale } from './stale.ts'

export function MergeForm({ caseId, suggested }: { caseId: string; suggested: string | undefined }) {
  const { t } = useWords()
  return (
    <Opened label={t('matching.merge.new')}>
      {done => <Fields caseId={caseId} suggested={suggested} onDone={done} />}
    </Opened>
  )
}

function Fields({ caseId, suggested, onDone }: { caseId: string; suggested: string | undefined; onDone: () => void }) {
  const { t } = useWords()
  const propose = useCommand(matching.proposeMerge, stale)
  const errors = useFormErrors()
  const [other, setOther] = useState(suggested ?? '')
  const [leads, setLeads] = useState('this')
  const [reason, setReason] = useState('')
  const save = () =>
    propose.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          other: other.trim(),
          leads: leads as 'this' | 'other',
          reason: reason.trim().normalize('NFC'),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Form errors={errors.errors} busy={propose.isPending} submit={t('matching.merge.save')} onSubmit={save}>
      <p>{t('matching.merge.lead')}</p>
      <TextField
        name="other"
        label={t('matching.merge.other')}
        hint={t('matching.merge.other-hint')}
        width="medium"
        autoComplete="off"
        value={other}
        error={errors.of('other')}
        onChange={event => setOther(event.target.value)}
      />
      <ChoiceGroup
        kind="radio"
        name="leads"
        label={t('matching.merge.leads')}
        hint={t('matching.merge.leads-hint')}
        value={leads}
        onChange={setLeads}
        error={errors.of('leads')}
        options={(['this', 'other'] as const).map(value => ({ value, label: t(`matching.merge.leads-${value}`) }))}
      />
      <TextArea
        name="reason"
        label={t('matching.merge.reason')}
        value={reason}
        error={errors.of('reason')}
        onChange={event => setReason(event.target.value)}
      />
    </Form>
  )
}
