import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { handedCompartments, interestHours, interestReasons, justice } from '../contract.ts'
import { CaseFrame, useBodies, useGiven } from './CaseFrame.tsx'

const spans = [6, 12, 24, 48, interestHours.most] as const
/** So many hours from now, less what a request takes on its way. */
const hoursFromNow = (count: number) => new Date(Date.now() + count * 3_600_000 - 120_000).toISOString()

/** Writes down a life in danger that cannot wait for a court. */
export default function InterestForm() {
  const { t } = useWords()
  const { caseId, back } = useGiven()
  const { bodies, peopleOf } = useBodies()
  const record = useCommand(justice.recordInterest, [justice.ofCase.id, 'referrals.caseFile'])
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const [parts, setParts] = useState<string[]>([])
  const [body, setBody] = useState('')
  const [account, setAccount] = useState('')
  const [hours, setHours] = useState('24')
  const save = () =>
    record.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          reason: reason as (typeof interestReasons)[number],
          words: text.normalize('NFC'),
          compartments: parts as never,
          organisation: body,
          account,
          until: hoursFromNow(Number(hours)),
        },
      },
      { onSuccess: back, onError: errors.take },
    )
  return (
    <CaseFrame title={t('justice.interest.new')} lead={t('justice.interest.lead')}>
      <Form errors={errors.errors} busy={record.isPending} submit={t('justice.interest.save')} onSubmit={save}>
        <SelectField
          name="reason"
          label={t('justice.interest.why')}
          value={reason}
          error={errors.of('reason')}
          placeholder={t('justice.choose')}
          onChange={event => setReason(event.target.value)}
          options={interestReasons.map(value => ({ value, label: t(`justice.interest-reason.${value}`) }))}
        />
        <TextArea
          name="words"
          label={t('justice.interest.words')}
          hint={t('justice.interest.words-hint')}
          value={text}
          error={errors.of('words')}
          onChange={event => setText(event.target.value)}
        />
        <ChoiceGroup
          kind="checkbox"
          name="compartments"
          label={t('justice.interest.parts')}
          hint={t('justice.order.parts-hint')}
          value={parts}
          onChange={setParts}
          error={errors.of('compartments')}
          options={handedCompartments.map(value => ({ value, label: t(`compartment.${value}`) }))}
        />
        <SelectField
          name="organisation"
          label={t('justice.order.to-body')}
          value={body}
          error={errors.of('organisation')}
          placeholder={t('justice.choose')}
          onChange={event => {
            setBody(event.target.value)
            setAccount('')
          }}
          options={bodies}
        />
        {body && (
          <SelectField
            name="account"
            label={t('justice.interest.whom')}
            value={account}
            error={errors.of('account')}
            placeholder={t('justice.choose')}
            onChange={event => setAccount(event.target.value)}
            options={peopleOf(body)}
          />
        )}
        <SelectField
          name="until"
          label={t('justice.interest.hours')}
          value={hours}
          error={errors.of('until')}
          onChange={event => setHours(event.target.value)}
          options={spans.map(count => ({ value: String(count), label: t('justice.interest.hours-value', { count }) }))}
        />
      </Form>
    </CaseFrame>
  )
}
