import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { agreedWays, type Plan, planGivers } from '../contract-plan.ts'
import { useOptions } from './choices.ts'

/** Writes down that the person agrees to the draft as it stands, now. */
export function AgreeForm({ caseId, draft, onDone }: { caseId: string; draft: Plan; onDone: () => void }) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const agree = useCommand(care.agreePlan, ['care.plans', 'tasks.today', 'referrals.caseFile'])
  const [how, setHow] = useState('')
  const [givenBy, setGivenBy] = useState('')
  const save = () =>
    agree.mutate(
      {
        params: { case: caseId },
        version: draft.version,
        body: { how: how as 'spoken', givenBy: givenBy as 'person', saidAt: new Date().toISOString() },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('care.plan.agree')}>
      <Form
        errors={errors.errors}
        busy={agree.isPending}
        submit={t('care.plan.agree-save')}
        onSubmit={save}
        lead={<p>{t('care.plan.agree-lead')}</p>}
      >
        <ChoiceGroup
          kind="radio"
          name="givenBy"
          label={t('care.plan.given-by')}
          value={givenBy}
          onChange={setGivenBy}
          options={options('care.giver', planGivers)}
          error={errors.of('givenBy')}
        />
        <ChoiceGroup
          kind="radio"
          name="how"
          label={t('care.plan.how')}
          value={how}
          onChange={setHow}
          options={options('care.agreed', agreedWays)}
          error={errors.of('how')}
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
