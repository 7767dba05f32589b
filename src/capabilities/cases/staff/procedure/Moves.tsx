import { useState } from 'react'
import { countryChoices } from '#platform/country/names.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../../staff/api.ts'
import { askers, type Case, cases, type Step, steps } from '../../contract.ts'
import { stale } from '../stale.ts'

const interrupts: readonly Step[] = ['withdraw', 'transfer', 'report-missing', 'record-death']

/** What can be done next beside deciding; each opens its form in place. What interrupts a case stands apart. */
export function Moves({ found }: { found: Case }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Step | undefined>()
  const mine = steps.filter(one => found.moves.includes(one))
  if (mine.length === 0) return null
  if (chosen && mine.includes(chosen))
    return <MoveForm key={chosen} found={found} move={chosen} onDone={() => setChosen(undefined)} />
  const ahead = mine.filter(one => !interrupts.includes(one))
  const apart = mine.filter(one => interrupts.includes(one))
  const button = (move: Step, variant: 'secondary' | 'quiet') => (
    <Button key={move} variant={variant} onClick={() => setChosen(move)}>
      {t(`procedure.move.${move}`)}
    </Button>
  )
  return (
    <Card title={t('procedure.next')}>
      {ahead.length > 0 && <div className="actions">{ahead.map(move => button(move, 'secondary'))}</div>}
      {apart.length > 0 && (
        <div className={ahead.length > 0 ? 'procedure-apart' : undefined}>
          <p className="note">{t('procedure.changed')}</p>
          <div className="actions">{apart.map(move => button(move, 'quiet'))}</div>
        </div>
      )}
    </Card>
  )
}

function MoveForm({ found, move, onDone }: { found: Case; move: Step; onDone: () => void }) {
  const words = useWords()
  const { t } = words
  const send = useCommand(cases.move, stale)
  const errors = useFormErrors()
  const [reasons, setReasons] = useState('')
  const [day, setDay] = useState('')
  const [country, setCountry] = useState('')
  const [askedBy, setAskedBy] = useState('')
  const [lateReasons, setLate] = useState('')
  const asks = move === 'request-reconsideration'
  const limit = found.clocks.find(one => one.kind === 'reconsideration-request' && one.stoppedAt === null)
  const late = asks && (!limit || new Date(limit.dueAt) < new Date() || errors.of('lateReasons') !== undefined)
  const save = () =>
    send.mutate(
      {
        params: { case: found.id },
        version: found.version,
        body: {
          id: newId(),
          move,
          reasons: reasons.normalize('NFC'),
          // A day is meant, not a moment: its noon is on that day everywhere in the Caribbean.
          ...(day ? { happenedAt: `${day}T16:00:00Z` } : {}),
          ...(move === 'transfer' && country ? { country } : {}),
          ...(asks && askedBy ? { askedBy: askedBy as (typeof askers)[number] } : {}),
          ...(lateReasons ? { lateReasons: lateReasons.normalize('NFC') } : {}),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t(`procedure.move.${move}`)}>
      <Form
        errors={errors.errors}
        busy={send.isPending}
        submit={t('procedure.move.save')}
        onSubmit={save}
        lead={<p>{t(`procedure.lead.${move}`)}</p>}
      >
        {asks && (
          <ChoiceGroup
            kind="radio"
            name="askedBy"
            label={t('procedure.asked-by')}
            value={askedBy}
            onChange={setAskedBy}
            error={errors.of('askedBy')}
            options={askers.map(value => ({ value, label: t(`procedure.asker.${value}`) }))}
          />
        )}
        {move === 'transfer' && (
          <SelectField
            name="country"
            label={t('procedure.country')}
            value={country}
            onChange={event => setCountry(event.target.value)}
            placeholder={t('procedure.choose')}
            options={countryChoices(words.lang).map(one => ({ value: one.value, label: one.label }))}
            error={errors.of('country')}
          />
        )}
        <TextArea
          name="reasons"
          label={t('procedure.reasons')}
          hint={t('procedure.reasons-hint')}
          value={reasons}
          onChange={event => setReasons(event.target.value)}
          error={errors.of('reasons')}
        />
        <DateField
          name="happenedAt"
          label={t('procedure.happened')}
          hint={t('procedure.happened-hint')}
          optional
          value={day}
          onChange={setDay}
          error={errors.of('happenedAt')}
        />
        {late && (
          <TextArea
            name="lateReasons"
            label={t('procedure.late')}
            hint={t('procedure.late-hint')}
            value={lateReasons}
            onChange={event => setLate(event.target.value)}
            error={errors.of('lateReasons')}
          />
        )}
      </Form>
      <div className="more">
        <Button variant="quiet" onClick={onDone}>
          {t('procedure.cancel')}
        </Button>
      </div>
    </Card>
  )
}
