import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { determinedSteps, interestOutcomes, interestSteps } from '../contract-closing.ts'
import { typed, useOptions } from './choices.ts'

/** What is best for the child, before a step is taken. */
export function InterestForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const weigh = useCommand(care.weighInterest, ['care.child', 'referrals.caseFile'])
  const [step, setStep] = useState('')
  const [kind, setKind] = useState('assessment')
  const [outcome, setOutcome] = useState('')
  const [childSaid, setChildSaid] = useState('')
  const [reasons, setReasons] = useState('')
  const [panel, setPanel] = useState('')
  const determined = (determinedSteps as readonly string[]).includes(step)
  const chosen = determined ? kind : 'assessment'
  const save = () =>
    weigh.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          kind: chosen as 'assessment',
          step: step as 'other',
          outcome: outcome as 'in-interest',
          childSaid: childSaid.normalize('NFC'),
          reasons: reasons.normalize('NFC'),
          ...(chosen === 'determination' ? { panel: typed(panel) } : {}),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('care.child.weigh')}>
      <Form errors={errors.errors} busy={weigh.isPending} submit={t('care.child.save')} onSubmit={save}>
        <SelectField
          name="step"
          label={t('care.child.step')}
          value={step}
          onChange={event => setStep(event.target.value)}
          placeholder={t('care.choose')}
          options={options('care.step', interestSteps)}
          error={errors.of('step')}
        />
        {determined && (
          <ChoiceGroup
            kind="radio"
            name="kind"
            label={t('care.child.kind')}
            hint={t('care.child.kind-hint')}
            value={kind}
            onChange={setKind}
            options={options('care.interest', ['assessment', 'determination'])}
            error={errors.of('kind')}
          />
        )}
        <TextArea
          name="childSaid"
          label={t('care.child.said')}
          hint={t('care.child.said-hint')}
          value={childSaid}
          onChange={event => setChildSaid(event.target.value)}
          error={errors.of('childSaid')}
        />
        <TextArea
          name="reasons"
          label={t('care.child.reasons')}
          value={reasons}
          onChange={event => setReasons(event.target.value)}
          error={errors.of('reasons')}
        />
        {chosen === 'determination' && (
          <TextField
            name="panel"
            label={t('care.child.panel')}
            value={panel}
            onChange={event => setPanel(event.target.value)}
            error={errors.of('panel')}
          />
        )}
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t('care.child.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={options('care.interest', interestOutcomes)}
          error={errors.of('outcome')}
        />
      </Form>
      <div className="actions">
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
