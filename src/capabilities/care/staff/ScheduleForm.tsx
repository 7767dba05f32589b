import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { useOptions } from './choices.ts'

const whole = (text: string) => Number(text.replaceAll(/\D/g, '') || '0')

/** One day, or every so many days or weeks. */
export function ScheduleForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const plan = useCommand(care.planFollowUps, ['care.followUps', 'tasks.today', 'care.closing', 'referrals.caseFile'])
  const [kind, setKind] = useState('contact')
  const [how, setHow] = useState('once')
  const [from, setFrom] = useState('')
  const [amount, setAmount] = useState('1')
  const [unit, setUnit] = useState('weeks')
  const [times, setTimes] = useState('4')
  const save = () =>
    plan.mutate(
      {
        params: { case: caseId },
        body: {
          kind: kind as 'contact',
          ...(how === 'once'
            ? { dates: [from] }
            : { every: { amount: whole(amount), unit: unit as 'days', from, times: whole(times) } }),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  const number = (name: string, label: string, value: string, set: (text: string) => void) => (
    <TextField
      name={`every.${name}`}
      label={label}
      inputMode="numeric"
      value={value}
      onChange={event => set(event.target.value)}
      error={errors.of(`every.${name}`)}
    />
  )
  const day = how === 'once' ? 'dates.0' : 'every.from'
  return (
    <Card title={t('care.follow-up.plan')}>
      <Form errors={errors.errors} busy={plan.isPending} submit={t('care.follow-up.plan-save')} onSubmit={save}>
        <SelectField
          name="kind"
          label={t('care.follow-up.kind')}
          value={kind}
          onChange={event => setKind(event.target.value)}
          options={options('care.follow-up', ['contact', 'plan-review'])}
          error={errors.of('kind')}
        />
        <ChoiceGroup
          kind="radio"
          name="how"
          label={t('care.follow-up.how')}
          inline
          value={how}
          onChange={setHow}
          options={options('care.follow-up.how', ['once', 'again'])}
        />
        <DateField
          key={day}
          name={day}
          label={t(how === 'once' ? 'care.follow-up.day' : 'care.follow-up.first-day')}
          value={from}
          onChange={setFrom}
          error={errors.of(day)}
        />
        {how === 'again' && (
          <div className="care-row-fields">
            {number('amount', t('care.follow-up.every'), amount, setAmount)}
            <SelectField
              name="every.unit"
              label={t('care.follow-up.unit')}
              value={unit}
              onChange={event => setUnit(event.target.value)}
              options={options('care.follow-up.unit', ['days', 'weeks'])}
              error={errors.of('every.unit')}
            />
            {number('times', t('care.follow-up.times'), times, setTimes)}
          </div>
        )}
      </Form>
      <div className="actions">
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
