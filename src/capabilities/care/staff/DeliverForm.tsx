import { useState } from 'react'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { newId, useCommand } from '#staff/api.ts'
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
import { type Action, outcomes, units } from '../contract-plan.ts'
import { typed, useOptions } from './choices.ts'

const stale = ['care.deliveries', 'care.asked', 'referrals.caseFile'] as const
/** `1 234,50` or `1,234.50` as the smallest unit; NaN where it is no amount. */
export function minorOf(text: string): number {
  const clean = text.replaceAll(/[\s']/g, '')
  const match = /^(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(clean)
  if (!match) return Number.NaN
  return Number(match[1]!.replaceAll(/[.,]/g, '')) * 100 + Number((match[2] ?? '0').padEnd(2, '0'))
}

/** Writes down one service: for the coordinator whoever gave it, for a provider their own. */
export function DeliverForm({
  caseId,
  actions,
  bodies,
  own,
  currency,
  words,
  onDone,
}: {
  caseId: string
  actions: readonly Action[]
  bodies: readonly { id: string; name: string }[]
  /** The provider's own organisation. */
  own?: string
  currency: string | null
  /** Whether a note of the care may be added. */
  words?: boolean
  onDone: () => void
}) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const deliver = useCommand(care.deliver, stale)
  const [action, setAction] = useState('')
  const [service, setService] = useState('')
  const [outcome, setOutcome] = useState('')
  const [on, setOn] = useState(() => new Date().toLocaleDateString('sv'))
  const [organisation, setOrganisation] = useState(own ?? '')
  const [quantity, setQuantity] = useState('')
  const [unit, setUnit] = useState('')
  const [cost, setCost] = useState('')
  const [note, setNote] = useState('')
  const choose = (chosen: string) => {
    setAction(chosen)
    const found = actions.find(one => one.id === chosen)
    if (!found) return
    setService(found.service)
    if (!own && found.organisation) setOrganisation(found.organisation)
  }
  const given = outcome === 'delivered'
  const save = () =>
    deliver.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          ...(action ? { action } : {}),
          service: service as 'food',
          outcome: outcome as 'delivered',
          on,
          organisation,
          ...(given && quantity ? { quantity: Number(quantity) } : {}),
          ...(given && unit ? { unit: unit as 'day' } : {}),
          ...(given && cost.trim() ? { cost: minorOf(cost) } : {}),
          note: typed(note),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('care.services.record')}>
      <Form errors={errors.errors} busy={deliver.isPending} submit={t('care.services.save')} onSubmit={save}>
        {actions.length > 0 && (
          <SelectField
            name="action"
            label={t('care.services.action')}
            optional
            value={action}
            onChange={event => choose(event.target.value)}
            placeholder={t('care.services.no-action')}
            options={actions
              .filter(one => one.state !== 'dropped')
              .map(one => ({ value: one.id, label: one.what ?? t(`service.kind.${one.service}`) }))}
            error={errors.of('action')}
          />
        )}
        <SelectField
          name="service"
          label={t('care.services.kind')}
          value={service}
          onChange={event => setService(event.target.value)}
          placeholder={t('care.choose')}
          options={options('service.kind', serviceKinds)}
          error={errors.of('service')}
        />
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t('care.services.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={outcomes.map(value => ({
            value,
            label: t(`care.outcome.${value}`),
            ...(value === 'declined-by-person' ? { hint: t('care.services.declined-hint') } : {}),
          }))}
          error={errors.of('outcome')}
        />
        {!own && (
          <SelectField
            name="organisation"
            label={t('care.services.by')}
            value={organisation}
            onChange={event => setOrganisation(event.target.value)}
            placeholder={t('care.choose')}
            options={bodies.map(one => ({ value: one.id, label: one.name }))}
            error={errors.of('organisation')}
          />
        )}
        <DateField name="on" label={t('care.services.on')} value={on} onChange={setOn} error={errors.of('on')} />
        {given && (
          <div className="care-row-fields">
            <TextField
              name="quantity"
              label={t('care.services.quantity')}
              optional
              inputMode="numeric"
              value={quantity}
              onChange={event => setQuantity(event.target.value.replaceAll(/\D/g, ''))}
              error={errors.of('quantity')}
            />
            <SelectField
              name="unit"
              label={t('care.services.unit')}
              optional
              value={unit}
              onChange={event => setUnit(event.target.value)}
              placeholder="–"
              options={options('care.unit', units)}
              error={errors.of('unit')}
            />
            {currency && (
              <TextField
                name="cost"
                label={t('care.services.cost')}
                optional
                prefix={currency}
                inputMode="decimal"
                value={cost}
                onChange={event => setCost(event.target.value)}
                error={errors.of('cost')}
              />
            )}
          </div>
        )}
        {words && (
          <TextField
            name="note"
            label={t('care.services.note')}
            optional
            value={note}
            onChange={event => setNote(event.target.value)}
            error={errors.of('note')}
          />
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
