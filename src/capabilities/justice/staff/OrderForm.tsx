import { useState } from 'react'
import { cases } from '#capabilities/cases/contract.ts'
import { dayNumber, instantOf } from '#platform/clocks/zone.ts'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { handedCompartments, justice, orderPurposes } from '../contract.ts'
import { CaseFrame, useBodies, useGiven } from './CaseFrame.tsx'

const today = (timeZone: string) => new Date().toLocaleDateString('sv', { timeZone })
/** The instant at which a day begins in the country, or the text as it stands where it is no day: then the server says so. */
const startOf = (timeZone: string, day: string, later = 0): string => {
  try {
    return new Date(instantOf(timeZone, dayNumber(day) + later, 0)).toISOString()
  } catch {
    return day
  }
}

/** Writes down what a court obliges the unit to hand over. */
export default function OrderForm() {
  const { t, timeZone } = useWords()
  const { role } = useSession()
  const { caseId, back } = useGiven()
  const { bodies, peopleOf } = useBodies()
  const files = useAsk(cases.listAttachments, { params: { case: caseId } }, { enabled: role === 'coordinator' })
  const record = useCommand(justice.recordOrder, [justice.ofCase.id, 'referrals.caseFile'])
  const errors = useFormErrors()
  const [court, setCourt] = useState('')
  const [number, setNumber] = useState('')
  const [madeOn, setMadeOn] = useState('')
  const [parts, setParts] = useState<string[]>([])
  const [purposes, setPurposes] = useState<string[]>([])
  const [body, setBody] = useState('')
  const [named, setNamed] = useState<string[]>([])
  const [from, setFrom] = useState(() => today(timeZone))
  const [until, setUntil] = useState('')
  const [scan, setScan] = useState('')
  const save = () =>
    record.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          court: court.trim().normalize('NFC'),
          number: number.trim().normalize('NFC'),
          madeOn,
          compartments: parts as never,
          purposes: purposes as never,
          organisation: body,
          named,
          from: startOf(timeZone, from),
          until: startOf(timeZone, until, 1),
          ...(scan ? { attachment: scan } : {}),
        },
      },
      { onSuccess: back, onError: errors.take },
    )
  return (
    <CaseFrame title={t('justice.order.new')} lead={t('justice.order.lead')}>
      <Form errors={errors.errors} busy={record.isPending} submit={t('justice.order.save')} onSubmit={save}>
        <TextField
          name="court"
          label={t('justice.order.court')}
          value={court}
          error={errors.of('court')}
          autoComplete="off"
          onChange={event => setCourt(event.target.value)}
        />
        <TextField
          name="number"
          label={t('justice.order.number')}
          width="medium"
          value={number}
          error={errors.of('number')}
          autoComplete="off"
          onChange={event => setNumber(event.target.value)}
        />
        <DateField
          name="madeOn"
          label={t('justice.order.made-on')}
          value={madeOn}
          error={errors.of('madeOn')}
          onChange={setMadeOn}
        />
        <ChoiceGroup
          kind="checkbox"
          name="compartments"
          label={t('justice.order.parts')}
          hint={t('justice.order.parts-hint')}
          value={parts}
          onChange={setParts}
          error={errors.of('compartments')}
          options={handedCompartments.map(value => ({ value, label: t(`compartment.${value}`) }))}
        />
        <ChoiceGroup
          kind="checkbox"
          name="purposes"
          label={t('justice.order.purposes')}
          value={purposes}
          onChange={setPurposes}
          error={errors.of('purposes')}
          inline
          options={orderPurposes.map(value => ({ value, label: t(`justice.purpose.${value}`) }))}
        />
        <SelectField
          name="organisation"
          label={t('justice.order.to-body')}
          value={body}
          error={errors.of('organisation')}
          placeholder={t('justice.choose')}
          onChange={event => {
            setBody(event.target.value)
            setNamed([])
          }}
          options={bodies}
        />
        {body && (
          <ChoiceGroup
            kind="checkbox"
            name="named"
            label={t('justice.order.named')}
            hint={t('justice.order.named-hint')}
            value={named}
            onChange={setNamed}
            error={errors.of('named')}
            options={peopleOf(body).map(one => ({ value: one.value, label: one.label, hint: t(`role.${one.role}`) }))}
          />
        )}
        <DateField
          name="from"
          label={t('justice.order.from')}
          value={from}
          error={errors.of('from')}
          onChange={setFrom}
        />
        <DateField
          name="until"
          label={t('justice.order.until')}
          value={until}
          error={errors.of('until')}
          onChange={setUntil}
        />
        {role === 'coordinator' && (files.data?.items.length ?? 0) > 0 && (
          <SelectField
            name="attachment"
            label={t('justice.order.scan')}
            optional
            value={scan}
            error={errors.of('attachment')}
            placeholder={t('justice.order.no-scan')}
            onChange={event => setScan(event.target.value)}
            options={files.data!.items.map(one => ({ value: one.id, label: one.name }))}
          />
        )}
      </Form>
    </CaseFrame>
  )
}
