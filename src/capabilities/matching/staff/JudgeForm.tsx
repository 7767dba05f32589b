import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Comparison, matching, outcomes } from '../contract.ts'

/** The neutral person's answer, with its reason. It may be given anew. */
export function JudgeForm({ match }: { match: Comparison }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const judge = useCommand(matching.judge, [matching.list.id, matching.compare.id])
  const errors = useFormErrors()
  const [outcome, setOutcome] = useState('')
  const [reason, setReason] = useState('')
  const save = () =>
    judge.mutate(
      {
        params: { match: match.id },
        version: match.version,
        body: { id: newId(), outcome: outcome as (typeof outcomes)[number], reason: reason.trim().normalize('NFC') },
      },
      { onSuccess: () => void navigate({ to: '/matches' } as never), onError: errors.take },
    )
  return (
    <Card title={t('matching.judge.title')}>
      <Form errors={errors.errors} busy={judge.isPending} submit={t('matching.judge.save')} onSubmit={save}>
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t('matching.judge.outcome')}
          value={outcome}
          onChange={setOutcome}
          error={errors.of('outcome')}
          options={outcomes.map(value => ({
            value,
            label: t(`matching.judge.${value}`),
            hint: t(`matching.judge.${value}-hint`),
          }))}
        />
        <TextArea
          name="reason"
          label={t('matching.judge.reason')}
          hint={t('matching.judge.reason-hint')}
          value={reason}
          error={errors.of('reason')}
          onChange={event => setReason(event.target.value)}
        />
      </Form>
    </Card>
  )
}
