import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { closureReasons, type Open } from '../contract-closing.ts'
import { closingStale } from './Closing.tsx'
import { useOptions } from './choices.ts'
import { OpenList, useOpenText } from './OpenList.tsx'

/** Proposes that the care ends: first what is still open, each to be settled or explained. */
export function ClosureForm({ caseId, open }: { caseId: string; open: readonly Open[] }) {
  const { t } = useWords()
  const options = useOptions()
  const say = useOpenText()
  const errors = useFormErrors()
  const propose = useCommand(care.proposeClosure, closingStale)
  const [begun, setBegun] = useState(false)
  const [reason, setReason] = useState('')
  const [planned, setPlanned] = useState('')
  const [lastContactOn, setLastContactOn] = useState('')
  const [reasons, setReasons] = useState('')
  const [explained, setExplained] = useState<string[]>([])
  const save = () => {
    // A yes or a no is the person's to give: neither is taken for granted.
    if (planned === '') return errors.set([{ field: 'planned', message: t('care.closing.planned-needed') }])
    propose.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          reason: reason as 'died',
          planned: planned === 'yes',
          ...(lastContactOn ? { lastContactOn } : {}),
          reasons: reasons.normalize('NFC'),
          explained,
        },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  }
  return (
    <Card title={t('care.closing.propose')}>
      <p>{t(open.length > 0 ? 'care.closing.open' : 'care.closing.nothing-open')}</p>
      {!begun && open.length > 0 && <OpenList open={open} />}
      {!begun && (
        <div className="actions">
          <Button variant="secondary" onClick={() => setBegun(true)}>
            {t('care.closing.begin')}
          </Button>
        </div>
      )}
      {begun && (
        <Form errors={errors.errors} busy={propose.isPending} submit={t('care.closing.save')} onSubmit={save}>
          {open.length > 0 && (
            <ChoiceGroup
              kind="checkbox"
              name="explained"
              label={t('care.closing.explained')}
              value={explained}
              onChange={setExplained}
              options={open.map(one => ({ value: one.id, label: say(one) }))}
              error={errors.of('explained')}
            />
          )}
          <SelectField
            name="reason"
            label={t('care.closing.reason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            placeholder={t('care.choose')}
            options={options('care.reason', closureReasons)}
            error={errors.of('reason')}
          />
          <ChoiceGroup
            kind="radio"
            name="planned"
            label={t('care.closing.planned')}
            inline
            value={planned}
            onChange={setPlanned}
            options={options('case', ['yes', 'no'])}
            error={errors.of('planned')}
          />
          <DateField
            name="lastContactOn"
            label={t('care.closing.last-contact')}
            hint={t('care.closing.last-contact-hint')}
            optional
            value={lastContactOn}
            onChange={setLastContactOn}
            error={errors.of('lastContactOn')}
          />
          <TextArea
            name="reasons"
            label={t('care.closing.reasons')}
            hint={t('care.closing.reasons-hint')}
            value={reasons}
            onChange={event => setReasons(event.target.value)}
            error={errors.of('reasons')}
          />
        </Form>
      )}
    </Card>
  )
}
